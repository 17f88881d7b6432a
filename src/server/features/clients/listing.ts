import type {
  ClientFilters,
  ClientFilterValues,
  ClientListQuery,
  ClientSummary,
} from '../../../shared/contracts/clients.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { parseOldMobile } from '../../../shared/phone.ts';
import { plainSpelling } from '../../../shared/plain-spelling.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { type Cursor, encodeCursor, requireCursor } from '../../http/cursor.ts';
import {
  type ClientConditions,
  type ClientSummaryRow,
  countClients,
  countFilterValues,
  listClients,
  type ListRequest,
} from './list-queries.ts';
import { scopeOf } from './policy.ts';
import { presentClientSummary, presentFilterValues } from './presenter.ts';

export interface ClientPage {
  readonly items: ClientSummary[];
  readonly nextCursor: string | null;
  readonly total: Cursor['total'];
}

/** Counting stops here; then the total is a lower bound. Matches of a search cost more to count than all clients. */
const countLimit = { all: 10_000, some: 1_000 } as const;

/** The number at which counting this list stops. */
export function countLimitOf({ query, conditions }: ListRequest): number {
  const { city, state, tag, birthMonth, importId } = conditions;
  const all = query === '' && [city, state, tag, birthMonth, importId].every((value) => value === undefined);
  return all ? countLimit.all : countLimit.some;
}

/** The filters of a list, limited to what this person may see: a professional's list has no clients of others. */
export function conditionsOf(actor: Actor, filters: ClientFilters, sort: ClientConditions['sort']): ClientConditions {
  const { professionalId, city, state, tag, birthMonth, importId, status } = filters;
  const owner = ownerWithin(scopeOf(actor), professionalId);
  return { professionalId: owner, city, state, tag, birthMonth, importId, status, sort };
}

/** The owner to filter by. A professional who asks for another one's list gets an empty list. */
function ownerWithin(scope: Scope, asked: string | undefined): string | undefined {
  if (scope.whole) return asked;
  return asked === undefined || asked === scope.professionalId ? scope.professionalId : nobody;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** A page of clients. When nothing matches a search exactly, lists names that nearly match. Throws invalid_request. */
export async function listClientPage(db: Database, actor: Actor, query: ClientListQuery): Promise<ClientPage> {
  const conditions = conditionsOf(actor, query, query.sort);
  const text = searchedText(query.q ?? '');
  const list = [text, conditions];
  const cursor = requireCursor(list, query.cursor, query.sort === '-updatedAt' ? /^\d{1,16}$/ : undefined);
  const request: ListRequest = {
    query: text,
    near: cursor?.near ?? false,
    conditions,
    after: cursor,
    limit: query.limit + 1,
  };
  const first = await readWithOldSpelling(db, actor, request, cursor);
  const page =
    first.rows.length === 0 && cursor === undefined && text !== ''
      ? await readPage(db, actor, { ...request, near: true }, undefined)
      : first;
  const rows = page.rows.slice(0, query.limit);
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || page.rows.length <= query.limit
      ? null
      : encodeCursor(list, { key: keyOf(last, query.sort), id: last.id, total: page.total, near: page.near });
  return { items: rows.map(presentClientSummary), nextCursor, total: page.total };
}

/** Drops invisible characters from numbers and e-mails. Names keep them, because some scripts need joiners. */
function searchedText(written: string): string {
  const plain = plainSpelling(written);
  return plain.includes('@') || /^[\d\s().+/-]+$/.test(plain) ? plain : written.trim();
}

/** When nobody has a number as it is written, searches for it with the ninth digit that mobile numbers have got since. */
async function readWithOldSpelling(
  db: Database,
  actor: Actor,
  request: ListRequest,
  cursor: Cursor | undefined,
): Promise<ReadPage> {
  const page = await readPage(db, actor, request, cursor);
  const whole = page.rows.length === 0 && !request.near ? parseOldMobile(request.query) : undefined;
  return whole === undefined ? page : readPage(db, actor, { ...request, query: whole }, cursor);
}

const keyOf = (row: ClientSummaryRow, sort: ClientListQuery['sort']): string =>
  sort === 'name' ? row.full_name : row.updated_micros;

interface ReadPage {
  readonly rows: ClientSummaryRow[];
  readonly total: Cursor['total'];
  readonly near: boolean;
}

/** Reads the rows and, for a first page, counts them, in one round trip. */
async function readPage(
  db: Database,
  actor: Actor,
  request: ListRequest,
  cursor: Cursor | undefined,
): Promise<ReadPage> {
  const atMost = countLimitOf(request);
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([listClients(tx, request), cursor === undefined ? countClients(tx, request, atMost) : 0]),
  );
  const total = cursor?.total ?? { value: count, relation: count < atMost ? 'eq' : 'gte' };
  return { rows, total, near: request.near };
}

/** The values that this person can filter their active clients by. */
export async function listFilterValues(db: Database, actor: Actor): Promise<ClientFilterValues> {
  return presentFilterValues(await db.read(actor, (tx) => countFilterValues(tx, scopeOf(actor), 200)));
}
