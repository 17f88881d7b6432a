import { foldText } from '../../../shared/fold-text.ts';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { fullName } from '../../lib/format.ts';
import { isBornOn, readBirthQuery } from './birth-query.ts';

type ClientPage = ResponseOf<'GET /clients'>;

/**
 * How well a client matches, the best with 1, as on the server (app.match_tiers): by the beginning of the name, the beginnings of
 * words, any part of the text, and also by city and tags. Undefined for who does not match.
 */
function rankClient(client: ClientSummary, words: readonly string[]): number | undefined {
  const { firstName, lastName, socialName } = client;
  const names = [firstName, lastName, socialName, client.email, client.guardianName];
  const text = ` ${foldText(names.join(' '))}`;
  const numbers = [client.phone, client.document, client.secondaryPhone, client.guardianPhone].join(' ');
  const places = foldText([client.city, ...client.tags].join(' '));
  const has = (word: string): boolean => text.includes(word) || (/^\d{3,}$/.test(word) && numbers.includes(word));
  if (foldText(fullName(client)).startsWith(words.join(' '))) return 1;
  if (words.every((word) => text.includes(` ${word}`))) return 2;
  if (words.every(has)) return 3;
  return words.every((word) => has(word) || places.includes(word)) ? 4 : undefined;
}

/** Splits a search into words. A search of digits is one number, whatever its punctuation. */
function splitQuery(query: string): string[] {
  const isNumber = /\d/.test(query) && !/[\p{L}@]/u.test(query);
  const words = isNumber ? [query.replace(/\D/g, '')] : foldText(query).split(/\s+/);
  return words.filter((word) => word !== '');
}

/** Searches the clients on stored pages of the list. Gives a page of the list, who matches best first, with each client once. */
export function searchStoredClients(pages: readonly ClientPage[], query: string): ClientPage {
  const words = splitQuery(query);
  const birth = readBirthQuery(query);
  // Who was born on a day all match it equally well.
  const rank = (client: ClientSummary): number | undefined => {
    if (birth === undefined) return rankClient(client, words);
    return isBornOn(client.dateOfBirth, birth) ? 1 : undefined;
  };
  const found = new Map<string, ClientSummary>();
  for (const page of pages) for (const client of page.items) if (!found.has(client.id)) found.set(client.id, client);
  const items = [...found.values()]
    .filter((client) => client.archivedAt === null)
    .map((client) => ({ client, rank: rank(client) }))
    .filter((match): match is typeof match & { rank: number } => match.rank !== undefined)
    .sort((one, other) => one.rank - other.rank || fullName(one.client).localeCompare(fullName(other.client), 'pt-BR'))
    .map(({ client }) => client);
  return { items, nextCursor: null, total: { value: items.length, relation: 'eq' } };
}
