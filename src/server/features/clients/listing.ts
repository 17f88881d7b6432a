import type {
  ClientFilters,
  ClientFilterValues,
  ClientListQuery,
  ClientOrder,
} from '../../../shared/contracts/clients.ts';
import { ownersIn, type Scope } from '../../../shared/permissions.ts';
import { parseOldMobile } from '../../../shared/phone.ts';
import { plainSpelling } from '../../../shared/plain-spelling.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { type Cursor, encodeCursor, requireCursor } from '../../http/cursor.ts';
import { countFilterValues, type Page, readClientPage } from './list-queries.ts';
import type { ClientConditions, ListRequest } from './list-request.ts';
import { readingScope } from './policy.ts';
import { presentFilterValues } from './presenter.ts';

/** Counting stops here; then the total is a lower bound. Matches of a search cost more to count than all clients. */
const countLimit = { all: 10_000, some: 1_000 } as const;

/** The number at which counting this list stops. */
export function countLimitOf({ query, conditions }: ListRequest): number {
  const { city, state, tag, birthMonth, importId } = conditions;
  const all = query === '' && [city, state, tag, birthMonth, importId].every((value) => value === undefined);
  return all ? countLimit.all : countLimit.some;
}

/** The filters of a list, limited to what the scope reaches: a professional's list has no clients of others. */
export function conditionsOf(scope: Scope, filters: ClientFilters, sort: ClientOrder): ClientConditions {
  const { professionalId, city, state, tag, birthMonth, importId, status } = filters;
  return { ...ownersWithin(scope, professionalId), city, state, tag, birthMonth, importId, status, sort };
}

/** The owners to filter by. A professional who asks for the list of somebody whom they don't reach gets an empty list. */
function ownersWithin(
  scope: Scope,
  asked: string | undefined,
): Pick<ClientConditions, 'professionalId' | 'owners' | 'clients'> {
  const owners = ownersIn(scope)?.filter((owner) => asked === undefined || owner === asked);
  if (scope.whole || owners === undefined) return { professionalId: asked };
  const [only = nobody, ...others] = owners;
  const { clients = [] } = scope;
  if (others.length === 0 && (clients.length === 0 || only === asked)) return { professionalId: only };
  return { professionalId: asked, owners, clients };
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** A page of clients as JSON. When nothing matches a search exactly, lists names that nearly match. Throws invalid_request. */
export async function listClientPage(db: Database, actor: Actor, query: ClientListQuery): Promise<Buffer> {
  const text = searchedText(query.q ?? '');
  const sort = chooseOrder(query, text);
  const conditions = conditionsOf(readingScope(actor), query, sort);
  const list = [text, conditions];
  const cursor = requireCursor(list, query.cursor, keyForms[sort]);
  const request: ListRequest = {
    query: text,
    near: cursor?.near ?? false,
    conditions,
    after: cursor,
    limit: query.limit,
  };
  const first = await readWithOldSpelling(db, actor, request, cursor);
  const page =
    first.found === 0 && cursor === undefined && text !== ''
      ? await readPage(db, actor, { ...request, near: true }, undefined)
      : first;
  return writePage(page, cursorAfter(page, query.limit, list));
}

/** What the key of a cursor looks like, where it is more than any text. */
const keyForms: Readonly<Partial<Record<ClientOrder, RegExp>>> = {
  updatedAt: /^\d{1,16}$/,
  '-updatedAt': /^\d{1,16}$/,
  match: /^[1-4]/,
};

/** Without another wish a list is by name, and a search by how well clients match it. */
function chooseOrder({ sort, importId }: ClientListQuery, text: string): ClientOrder {
  if (sort !== undefined && sort !== 'match') return sort;
  return text === '' || importId !== undefined ? 'name' : 'match';
}

/** The cursor of the next page, if there is one. */
function cursorAfter({ found, key, id, counted, near }: ReadPage, limit: number, list: unknown): string | null {
  if (found <= limit || key === null || id === null) return null;
  return encodeCursor(list, { key, id, total: counted, near });
}

/** The answer around the clients' JSON, which the database has made, in UTF-8: text would be copied twice more until it is sent. */
const writePage = ({ items, counted }: ReadPage, nextCursor: string | null): Buffer =>
  Buffer.concat([
    Buffer.from('{"items":['),
    Buffer.from(items ?? ''),
    Buffer.from(`],"nextCursor":${JSON.stringify(nextCursor)},"total":${JSON.stringify(counted)}}`),
  ]);

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
  const whole = page.found === 0 && !request.near ? parseOldMobile(request.query) : undefined;
  return whole === undefined ? page : readPage(db, actor, { ...request, query: whole }, cursor);
}

interface ReadPage extends Page {
  readonly counted: Cursor['total'];
  readonly near: boolean;
}

/** Reads a page and, if it is the first one, the number of all matches. */
async function readPage(
  db: Database,
  actor: Actor,
  request: ListRequest,
  cursor: Cursor | undefined,
): Promise<ReadPage> {
  const atMost = countLimitOf(request);
  const page = await db.read(actor, (tx) => readClientPage(tx, request, cursor === undefined ? atMost : undefined));
  const count = page.total ?? 0;
  const counted = cursor?.total ?? { value: count, relation: count < atMost ? 'eq' : 'gte' };
  return { ...page, counted, near: request.near };
}

/** The values that this person can filter their active clients by. */
export async function listFilterValues(db: Database, actor: Actor): Promise<ClientFilterValues> {
  return presentFilterValues(
    await db.readAged(actor, (tx) => countFilterValues(tx, readingScope(actor), 200), { ageSeconds: 10 }),
  );
}
