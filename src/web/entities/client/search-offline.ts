import { foldText } from '../../../shared/fold-text.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';

type ClientPage = ResponseOf<'GET /clients'>;

/** Whether each word occurs in the names of a client or their guardian or in the e-mail, or, if it is a number, in phones or document. */
function matches(client: ClientSummary, words: readonly string[]): boolean {
  const names = [client.firstName, client.lastName, client.socialName, client.email, client.guardianName];
  const text = foldText(names.join(' '));
  const numbers = [client.phone, client.document, client.secondaryPhone, client.guardianPhone].join(' ');
  return words.every((word) => text.includes(word) || (/^\d{3,}$/.test(word) && numbers.includes(word)));
}

/** Splits a search into words. A search of digits is one number, whatever its punctuation. */
function splitQuery(query: string): string[] {
  const isNumber = /\d/.test(query) && !/[\p{L}@]/u.test(query);
  const words = isNumber ? [query.replace(/\D/g, '')] : foldText(query).split(/\s+/);
  return words.filter((word) => word !== '');
}

/** Searches the clients on stored pages of the list. Gives a page of the list, by name, with each client once. */
export function searchStoredClients(pages: readonly ClientPage[], query: string): ClientPage {
  const words = splitQuery(query);
  const found = new Map<string, ClientSummary>();
  for (const page of pages) for (const client of page.items) if (!found.has(client.id)) found.set(client.id, client);
  const items = [...found.values()]
    .filter((client) => client.archivedAt === null && matches(client, words))
    .sort((one, other) => one.firstName.localeCompare(other.firstName, 'pt-BR'));
  return { items, nextCursor: null, total: { value: items.length, relation: 'eq' } };
}
