import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { grantFocusWish } from './focus-wish.ts';

const listItems = (board: HTMLElement, column?: string): HTMLElement[] => [
  ...board.querySelectorAll<HTMLElement>(column === undefined ? '[data-item]' : `[data-item="${column}"]`),
];

const startOf = (item: HTMLElement): number => Number(item.dataset['start']);

/** The item of another column that stands nearest in time. */
function findNearest(items: readonly HTMLElement[], start: number): HTMLElement | undefined {
  return items.toSorted((one, other) => Math.abs(startOf(one) - start) - Math.abs(startOf(other) - start))[0];
}

/** Where an arrow key, Home or End leads from an item. */
export function findNeighbour(board: HTMLElement, item: HTMLElement, key: string): HTMLElement | undefined {
  const column = Number(item.dataset['item']);
  const items = listItems(board, String(column));
  const at = items.indexOf(item);
  if (key === 'ArrowDown') return items[at + 1];
  if (key === 'ArrowUp') return items[at - 1];
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  const direction = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (direction === 0) return undefined;
  const last = Math.max(...listItems(board).map((each) => Number(each.dataset['item'])));
  for (let next = column + direction; next >= 0 && next <= last; next += direction) {
    const nearest = findNearest(listItems(board, String(next)), startOf(item));
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

function makeStop(board: HTMLElement, item: HTMLElement): void {
  for (const other of board.querySelectorAll<HTMLElement>('[data-item][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
}

/** The item that the person had last, for when it is gone: a gap is, as soon as somebody books into it. */
interface Held {
  readonly item: HTMLElement;
  readonly column: string;
  readonly start: number;
}

/** What stands where an item was: in its column, nearest in time. */
const findSuccessor = (board: HTMLElement, { column, start }: Held): HTMLElement | undefined =>
  findNearest(listItems(board, column), start);

/** Makes the stop, and gives the focus back if it went with the item that had it. */
function settleFocus(board: HTMLElement, held: RefObject<Held | undefined>, last: RefObject<Held | undefined>): void {
  const isLost = held.current?.item.isConnected === false && document.activeElement === document.body;
  const lost = last.current?.item.isConnected === false ? last.current : undefined;
  const chosen = lost === undefined ? last.current?.item : findSuccessor(board, lost);
  const stop = chosen ?? board.querySelector<HTMLElement>('[data-item]');
  if (stop === null) return;
  if (stop.tabIndex !== 0) makeStop(board, stop);
  if (isLost) stop.focus({ preventScroll: true });
}

/**
 * The roving tabindex: the item that had the focus last is the grid's one stop of the Tab key; until then the first one, also
 * while gaps are still to come. It is set on the elements themselves, so that a walk through hundreds of appointments renders
 * none of them again.
 */
export function useGridFocus(board: RefObject<HTMLElement | null>): void {
  /** The item that has the focus. */
  const held = useRef<Held>(undefined);
  /** The one that had it last. */
  const last = useRef<Held>(undefined);
  useLayoutEffect(() => {
    const element = board.current;
    if (element === null) return;
    grantFocusWish(element);
    settleFocus(element, held, last);
  });
  useEffect(() => {
    const onFocus = (event: FocusEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const item = board.current?.contains(target) === true ? target?.closest<HTMLElement>('[data-item]') : undefined;
      held.current = item == null ? undefined : { item, column: item.dataset['item'] ?? '', start: startOf(item) };
      if (held.current === undefined || board.current === null) return;
      last.current = held.current;
      makeStop(board.current, held.current.item);
    };
    const onBlur = (): void => {
      // Asked afterwards, because an element that is removed is still in the page when it loses the focus.
      queueMicrotask(() => {
        if (held.current?.item.isConnected === true && held.current.item !== document.activeElement)
          held.current = undefined;
      });
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', onBlur);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', onBlur);
    };
  }, [board]);
}
