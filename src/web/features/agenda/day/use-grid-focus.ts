import { type RefObject, useEffect, useLayoutEffect } from 'react';
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

/**
 * The roving tabindex: the item that had the focus last is the grid's one stop of the Tab key. It is set on the elements
 * themselves, so that a walk through hundreds of appointments renders none of them again.
 */
export function useGridFocus(board: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = board.current;
    if (element === null) return;
    grantFocusWish(element);
    if (element.querySelector('[data-item][tabindex="0"]') !== null) return;
    const first = element.querySelector<HTMLElement>('[data-item]');
    if (first !== null) makeStop(element, first);
  });
  useEffect(() => {
    const element = board.current;
    if (element === null) return undefined;
    const onFocus = (event: FocusEvent): void => {
      const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-item]') : null;
      if (item !== null) makeStop(element, item);
    };
    element.addEventListener('focusin', onFocus);
    return () => {
      element.removeEventListener('focusin', onFocus);
    };
  }, [board]);
}
