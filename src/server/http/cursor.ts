import { createHash } from 'node:crypto';
import { invalidField } from '../domain-error.ts';

/** Where a page ended: the sort key and id of its last row, and the total that the first page counted. */
export interface Cursor {
  readonly key: string;
  readonly id: string;
  readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
  /** The list answered with near matches because nothing matched exactly. */
  readonly near: boolean;
}

/** A short hash of the list that a cursor belongs to, so that it cannot be used on another list. */
const hashList = (list: unknown): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 10);

/** Encodes a cursor as opaque text. `list` identifies the list by its filters and order. */
export const encodeCursor = (list: unknown, cursor: Cursor): string =>
  Buffer.from(
    JSON.stringify([
      hashList(list),
      cursor.key,
      cursor.id,
      cursor.total.value,
      cursor.total.relation === 'gte',
      cursor.near,
    ]),
  ).toString('base64url');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Decodes a cursor. @returns undefined when it is damaged or was made for another list */
export function decodeCursor(list: unknown, text: string): Cursor | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 6) return undefined;
  const [mark, key, id, value, gte, near] = parts as unknown[];
  if (mark !== hashList(list) || typeof key !== 'string' || !key.isWellFormed() || key.includes('\0')) return undefined;
  if (typeof id !== 'string' || !uuid.test(id) || typeof value !== 'number' || !Number.isSafeInteger(value))
    return undefined;
  if (typeof gte !== 'boolean' || typeof near !== 'boolean') return undefined;
  return { key, id, total: { value, relation: gte ? 'gte' : 'eq' }, near };
}

/** Decodes the cursor of a request. Throws invalid_request when it belongs to another list or its key does not match. */
export function requireCursor(list: unknown, text: string | undefined, keyPattern = /^/): Cursor | undefined {
  if (text === undefined) return undefined;
  const cursor = decodeCursor(list, text);
  if (cursor === undefined || !keyPattern.test(cursor.key)) throw invalidField('cursor', 'invalid_cursor');
  return cursor;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
  readonly total: Cursor['total'];
}

interface PageRead<Row> {
  /** The cursor of the request. */
  readonly cursor: Cursor | undefined;
  /** One more than the page shows, if others follow. */
  readonly rows: readonly Row[];
  readonly limit: number;
  /** What a first page counted; later pages repeat the cursor's. */
  readonly counted: Cursor['total'];
}

/** Makes a page of rows. `keyOf` gives the sort key that the next page begins after, besides the id. */
export function makePage<Row extends { readonly id: string }, Item>(
  list: unknown,
  { cursor, rows, limit, counted }: PageRead<Row>,
  keyOf: (row: Row) => string,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const total = cursor?.total ?? counted;
  const nextCursor = last && encodeCursor(list, { key: keyOf(last), id: last.id, total, near: false });
  return { items: shown.map(present), nextCursor: nextCursor ?? null, total };
}
