import { foldText } from '../../../shared/fold-text.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';

type ClientPage = ResponseOf<'GET /clients'>;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Whether each word is in a client's names or e-mail, or its digits in phone or document. */
function fits(client: ClientSummary, words: readonly string[]): boolean {
  const names = [client.firstName, client.lastName, client.socialName, client.email];
  const text = foldText(names.filter((each) => each !== null).join(' '));
  const numbers = `${client.phone ?? ''} ${client.document ?? ''}`;
  return words.every((word) => text.includes(word) || (/^\d{3,}$/.test(word) && numbers.includes(word)));
}

/** Digits alone are one number however they are punctuated; else every word counts. */
function wordsOf(query: string): string[] {
  const isNumber = /\d/.test(query) && !/[\p{L}@]/u.test(query);
  const words = isNumber ? [digitsOf(query)] : foldText(query).split(/\s+/);
  return words.filter((word) => word !== '');
}

/** Searches the clients on pages that were seen, as a page of the list: each once, by name. */
export function searchSeenClients(pages: readonly ClientPage[], query: string): ClientPage {
  const words = wordsOf(query);
  const seen = new Map<string, ClientSummary>();
  for (const page of pages) for (const client of page.items) if (!seen.has(client.id)) seen.set(client.id, client);
  const items = [...seen.values()]
    .filter((client) => client.archivedAt === null && fits(client, words))
    .sort((one, other) => one.firstName.localeCompare(other.firstName, 'pt-BR'));
  return { items, nextCursor: null, total: { value: items.length, relation: 'eq' } };
}
