import type { ShortListQuery } from '../../shared/contracts/route.ts';
import { invalidField } from '../domain-error.ts';
import { type Cursor, encodeCursor, requireCursor } from './cursor.ts';

type Place = Pick<Cursor, 'key' | 'id'>;

interface ShortList<Item> {
  /** Identifies the list, so that a cursor of another list is refused. */
  readonly name: readonly string[];
  readonly items: readonly Item[];
  /** What identifies an item within the list. */
  readonly placeOf: (item: Item) => Place;
}

/** For items with an id of their own. */
export const placeById = ({ id }: { readonly id: string }): Place => ({ key: '', id });

/** Cuts a page out of a list that was read whole; all of it when the query has no limit. Throws invalid_request. */
export function paginateShortList<Item>({ name, items, placeOf }: ShortList<Item>, query: ShortListQuery) {
  const total = { value: items.length, relation: 'eq' as const };
  const start = startAfter({ items, placeOf }, requireCursor(name, query.cursor));
  const end = start + (query.limit ?? items.length);
  const last = items[end - 1];
  const nextCursor =
    last === undefined || end >= items.length ? null : encodeCursor(name, { ...placeOf(last), total, near: false });
  return { items: items.slice(start, end), nextCursor, total };
}

/** The index at which the page after a cursor starts. Throws invalid_request when its item is no longer in the list. */
function startAfter<Item>(
  { items, placeOf }: Pick<ShortList<Item>, 'items' | 'placeOf'>,
  cursor: Cursor | undefined,
): number {
  if (cursor === undefined) return 0;
  const index = items.findIndex((item) => placeOf(item).key === cursor.key && placeOf(item).id === cursor.id);
  if (index === -1) throw invalidField('cursor', 'invalid_cursor');
  return index + 1;
}
