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

/** Counting stops here; beyond it a total is a lower bound. What is looked for costs more to count than the whole. */
const countLimit = { all: 10_000, some: 1_000 } as const;

/** How far the clients of a list are counted. */
export function countLimitOf({ query, conditions }: ListRequest): number {
  const { city, state, tag, birthMonth } = conditions;
  const all = query === '' && [city, state, tag, birthMonth].every((value) => value === undefined);
  return all ? countLimit.all : countLimit.some;
}

/** The conditions of a list as this person may ask for them: a professional's list never holds others' clients. */
export function conditionsOf(actor: Actor, filters: ClientFilters, sort: ClientConditions['sort']): ClientConditions {
  const { professionalId, city, state, tag, birthMonth, status } = filters;
  const owner = ownerWithin(scopeOf(actor), professionalId);
  return { professionalId: owner, city, state, tag, birthMonth, status, sort };
}

/** The owner that a list is narrowed to. Another professional's list is, to a professional, an empty list. */
function ownerWithin(scope: Scope, asked: string | undefined): string | undefined {
  if (scope.whole) return asked;
  return asked === undefined || asked === scope.professionalId ? scope.professionalId : nobody;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** A page of clients. Where nothing matches a search exactly, names that nearly match are given instead. */
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

/** Numbers and addresses as one sees them; names as they are written, with the joiners that some scripts need. */
function searchedText(written: string): string {
  const plain = plainSpelling(written);
  return plain.includes('@') || /^[\d\s().+/-]+$/.test(plain) ? plain : written.trim();
}

/** Where nobody has a number as it is written: the mobile number that it has become since it got its ninth digit. */
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

/** Rows and, on a first page, their number, in one trip to the database. */
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

/** What this person's active clients can be narrowed by. */
export async function listFilterValues(db: Database, actor: Actor): Promise<ClientFilterValues> {
  return presentFilterValues(await db.read(actor, (tx) => countFilterValues(tx, scopeOf(actor), 200)));
}
