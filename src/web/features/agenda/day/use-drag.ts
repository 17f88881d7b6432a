import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Span } from './day-layout.ts';
import { findPlaced } from './find-placed.ts';
import type { GridColumnData } from './grid-column.tsx';
import { type GridMove, moveTo, type MoveTarget, resizeTo, snap } from './move-target.ts';

export interface GridMoveOptions {
  readonly board: RefObject<HTMLDivElement | null>;
  readonly columns: readonly GridColumnData[];
  readonly hours: Span;
  readonly slot: number;
  readonly mayMove: boolean;
  readonly onMove: (move: GridMove) => void;
}

/** A press on an appointment that is, or may become, a drag. */
interface Press {
  readonly placed: MoveTarget;
  readonly x: number;
  readonly y: number;
  readonly isResize: boolean;
  /** Minutes from the appointment's start to the pointer. */
  readonly grip: number;
  readonly pointerId: number;
}

/** Milliseconds of a long press, after which a finger drags; before that it scrolls. */
const longPress = 420;
/** Pixels that a pointer may wander within a click or a long press. */
const wander = { mouse: 4, touch: 10 };

interface DragOptions extends GridMoveOptions {
  readonly onTarget: (target: MoveTarget | undefined) => void;
  readonly onDrop: (target: MoveTarget | undefined) => void;
}

/** A mouse drags at once, a finger after a long press: a finger that moves earlier scrolls. */
export function useDrag({ board, columns, hours, slot, mayMove, onTarget, onDrop }: DragOptions) {
  const press = useRef<Press>(undefined);
  const last = useRef<MoveTarget>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isDragging, setDragging] = useState(false);
  const isActive = useRef(false);
  const wasDragged = useRef(false);

  const begin = (): void => {
    const current = press.current;
    if (current === undefined) return;
    isActive.current = true;
    last.current = current.placed;
    board.current?.setPointerCapture(current.pointerId);
    setDragging(true);
    onTarget(current.placed);
  };
  const end = (isDropped: boolean): void => {
    clearTimeout(timer.current);
    const target = last.current;
    const wasActive = isActive.current;
    press.current = undefined;
    last.current = undefined;
    isActive.current = false;
    if (!wasActive) return;
    wasDragged.current = true;
    setDragging(false);
    onTarget(undefined);
    if (isDropped) onDrop(target);
  };
  useTouchHold(board, isActive);
  useEffect(() => {
    if (!isDragging) return undefined;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') end(false);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  });
  const follow = (event: PointerEvent): void => {
    const current = press.current;
    const place = board.current && locate(board.current, hours, event);
    if (current === undefined || place === null) return;
    const next = current.isResize
      ? resizeTo(current.placed, Math.max(current.placed.start + slot, snap(place.minutes, slot)))
      : moveTo(current.placed, place.column, snap(place.minutes - current.grip, slot));
    const before = last.current;
    if (next.column === before?.column && next.start === before.start && next.end === before.end) return;
    last.current = next;
    onTarget(next);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasDragged.current = false;
      const item = (event.target as HTMLElement).closest<HTMLElement>('[data-appointment]');
      const placed = item === null ? undefined : findPlaced(columns, item.dataset['appointment'] ?? '');
      if (!mayMove || event.button !== 0 || placed === undefined || board.current === null) return;
      const place = locate(board.current, hours, event);
      const isResize = item !== null && isAtEnd(item, event);
      const { clientX: x, clientY: y, pointerId } = event;
      press.current = { placed, x, y, isResize, grip: (place?.minutes ?? placed.start) - placed.start, pointerId };
      if (event.pointerType === 'touch') timer.current = setTimeout(begin, longPress);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const current = press.current;
      if (current?.pointerId !== event.pointerId) return;
      if (!isActive.current) {
        const isTouch = event.pointerType === 'touch';
        const distance = Math.hypot(event.clientX - current.x, event.clientY - current.y);
        if (distance < (isTouch ? wander.touch : wander.mouse)) return;
        if (isTouch) {
          end(false);
          return;
        }
        begin();
      }
      scrollAtEdge(board.current, event);
      follow(event);
    },
    onPointerUp: () => {
      end(true);
    },
    onPointerCancel: () => {
      end(false);
    },
    onClickCapture: (event: { stopPropagation: () => void; preventDefault: () => void }) => {
      if (!wasDragged.current) return;
      // The click that ends a drag opens nothing.
      wasDragged.current = false;
      event.stopPropagation();
      event.preventDefault();
    },
    onContextMenu: (event: { preventDefault: () => void }) => {
      if (press.current !== undefined && timer.current !== undefined) event.preventDefault();
    },
  };
  return { isDragging, handlers };
}

/** Pixels at the lower edge of an appointment by which a mouse changes its end; as high as in grid-column.module.css. */
const grip = 8;

const isAtEnd = (item: HTMLElement, { clientY, pointerType }: PointerEvent): boolean =>
  pointerType === 'mouse' &&
  item.dataset['resizable'] !== undefined &&
  clientY > item.getBoundingClientRect().bottom - grip;

/** While a finger drags an appointment, the page must not scroll under it. */
function useTouchHold(board: RefObject<HTMLElement | null>, isActive: RefObject<boolean>): void {
  useEffect(() => {
    const element = board.current;
    const hold = (event: TouchEvent): void => {
      if (isActive.current && event.cancelable) event.preventDefault();
    };
    // React listens passively, which could not keep the page from scrolling.
    element?.addEventListener('touchmove', hold, { passive: false });
    return () => {
      element?.removeEventListener('touchmove', hold);
    };
  }, [board, isActive]);
}

/** Pixels from the edge of the grid within which a drag scrolls it, and by how many. */
const edge = 36;
const scrollStep = 14;

function scrollAtEdge(board: HTMLElement | null, { clientX, clientY }: PointerEvent): void {
  if (board === null) return;
  const box = board.getBoundingClientRect();
  const scrolls = board.scrollHeight > board.clientHeight + 1;
  const [top, bottom] = scrolls ? [box.top, box.bottom] : [60, innerHeight - 60];
  const by = clientY < top + edge ? -scrollStep : clientY > bottom - edge ? scrollStep : 0;
  const sideways = clientX < box.left + edge ? -scrollStep : clientX > box.right - edge ? scrollStep : 0;
  if (scrolls) board.scrollBy(sideways, by);
  else if (by !== 0) scrollBy(0, by);
}

/** The column and the time under a pointer. */
function locate(
  board: HTMLElement,
  hours: Span,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { readonly column: number; readonly minutes: number } | null {
  const columns = [...board.querySelectorAll<HTMLElement>('[data-column]')];
  const boxes = columns.map((column) => column.getBoundingClientRect());
  const inside = boxes.findIndex(({ right }) => clientX < right);
  const column = inside === -1 ? boxes.length - 1 : inside;
  const box = boxes[column];
  if (box === undefined || box.height === 0) return null;
  const minutes = hours.start + ((clientY - box.top) / box.height) * (hours.end - hours.start);
  return { column, minutes };
}
