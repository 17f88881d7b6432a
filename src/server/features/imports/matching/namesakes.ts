import type { TextField } from '../../../../shared/client-fields.ts';
import { foldLine } from '../../../../shared/fold-text.ts';
import type { KnownClient } from '../../clients/bulk-api.ts';
import type { ImportRow } from '../reading/rows/rows.ts';
import type { Bearers } from './bearers.ts';

/** What is known of people who have neither document nor phone nor e-mail: whom a row of one of them means. */
export type Meant =
  | { readonly kind: 'one'; readonly client: KnownClient }
  /** Any of them; `client` is one. */
  | { readonly kind: 'several'; readonly client: KnownClient }
  /** None of them, or one whose data changed: `field` is what contradicts; undefined for an imported column. */
  | { readonly kind: 'contradicted'; readonly client: KnownClient; readonly field: TextField | undefined };

type Row = Pick<ImportRow, 'values' | 'tags' | 'extra'>;

/**
 * Whom a row means of those with its name and date of birth, or its name and no date. A name alone means somebody only if
 * nothing that both have differs. @returns undefined for nobody
 */
export function chooseNamesake(row: Row, namesakes: Bearers, owner: string): Meant | undefined {
  // Each row of a file that comes again has to meet its own client: the one that has all of it, and best nothing else.
  const having = namesakes.clients.filter((client) => brings(client, row));
  const equal = having.filter((client) => hasNoMore(client, row));
  const best = firstOf(equal.length > 0 ? equal : having, owner);
  if (best !== undefined) return { kind: 'one', client: best };
  const first = firstOf(namesakes.clients, owner);
  if (first === undefined) return undefined;
  if (namesakes.isCrowd) return { kind: 'several', client: first };
  const [possible, ...others] =
    row.values.dateOfBirth === undefined
      ? namesakes.clients.filter((client) => contradictionOf(row, client) === undefined)
      : namesakes.clients;
  if (possible === undefined) return { kind: 'contradicted', client: first, field: contradictionOf(row, first)?.field };
  return { kind: others.length === 0 ? 'one' : 'several', client: possible };
}

/** Of clients with which a row agrees equally, the owner's, and the oldest: the same one whenever it is asked. */
function firstOf(clients: readonly KnownClient[], owner: string): KnownClient | undefined {
  const own = clients.filter(({ professionalId }) => professionalId === owner);
  const [start, ...rest] = own.length > 0 ? own : clients;
  return start && rest.reduce((first, client) => (client.id < first.id ? client : first), start);
}

type Values = KnownClient['values'];

const wholeName = ({ firstName = '', lastName = '' }: Values): string =>
  `${firstName} ${lastName}`.trim().replace(/\s+/g, ' ');

/** The fields of a row, each with its value and the client's; the name as a whole, because its split may be a guess. */
function* pairsOf(row: Values, client: Values): Generator<[TextField, string, string | undefined]> {
  yield ['firstName', wholeName(row), wholeName(client)];
  for (const field of Object.keys(row) as TextField[]) {
    const value = row[field];
    if (value !== undefined && field !== 'firstName' && field !== 'lastName') yield [field, value, client[field]];
  }
}

/** Whether a client has all of a row already. */
function brings({ values, tags, extra }: KnownClient, row: Row): boolean {
  for (const [, value, had] of pairsOf(row.values, values)) if (had !== value && had?.trim() !== value) return false;
  if (row.tags?.some((tag) => !tags.includes(tag)) === true) return false;
  return Object.entries(row.extra ?? {}).every(([column, value]) => extra?.[column] === value);
}

/** Whether a client who has all of a row has nothing else. */
const hasNoMore = (client: KnownClient, row: Row): boolean =>
  countOf(client.values) === countOf(row.values) &&
  client.tags.length === (row.tags?.length ?? 0) &&
  countOf(client.extra) === countOf(row.extra);

const countOf = (values: object | null | undefined): number =>
  Object.entries(values ?? {}).filter(
    ([field, value]) => value != null && field !== 'firstName' && field !== 'lastName',
  ).length;

/** What a row and a client both have and is not the same, whatever its spelling. */
function contradictionOf(row: Row, client: KnownClient): { readonly field: TextField | undefined } | undefined {
  for (const [field, value, had] of pairsOf(row.values, client.values)) if (differ(value, had)) return { field };
  const columns = Object.entries(row.extra ?? {});
  return columns.some(([column, value]) => differ(value, client.extra?.[column])) ? { field: undefined } : undefined;
}

const differ = (value: string, had: string | null | undefined): boolean =>
  value !== had && had != null && had !== '' && value !== '' && foldLine(value) !== foldLine(had);
