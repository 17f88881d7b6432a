import type { ShortListQuery } from '../../shared/contracts/route.ts';
import { invalidField } from '../domain-error.ts';
import { type Cursor, encodeCursor, requireCursor } from './cursor.ts';

type Place = Pick<Cursor, 'key' | 'id'>;

interface ShortList<Item> {
  /** Names the list, so that a cursor of another one is refused. */
  readonly name: readonly string[];
  readonly items: readonly Item[];
  /** What tells an item from the others of the list. */
  readonly placeOf: (item: Item) => Place;
}

/** The place of an item that has an id of its own. */
export const placeById = ({ id }: { readonly id: string }): Place => ({ key: '', id });

/** A page of a list that was read whole; all of it where no limit is asked for. Throws invalid_request. */
export function pageOfShortList<Item>({ name, items, placeOf }: ShortList<Item>, query: ShortListQuery) {
  const total = { value: items.length, relation: 'eq' as const };
  const start = startAfter({ items, placeOf }, requireCursor(name, query.cursor));
  const end = start + (query.limit ?? items.length);
  const last = items[end - 1];
  const nextCursor =
    last === undefined || end >= items.length ? null : encodeCursor(name, { ...placeOf(last), total, near: false });
  return { items: items.slice(start, end), nextCursor, total };
}

/** Where the page after a cursor starts. Throws invalid_request when the item it names is no longer listed. */
function startAfter<Item>(
  { items, placeOf }: Pick<ShortList<Item>, 'items' | 'placeOf'>,
  cursor: Cursor | undefined,
): number {
  if (cursor === undefined) return 0;
  const index = items.findIndex((item) => placeOf(item).key === cursor.key && placeOf(item).id === cursor.id);
  if (index === -1) throw invalidField('cursor', 'invalid_cursor');
  return index + 1;
}
