import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useState } from 'react';
import { formatClock } from '../../../lib/wall-time.ts';
import { findPlaced } from './find-placed.ts';
import type { GridColumnData } from './grid-column.tsx';
import { moveByKey, type MoveTarget } from './move-target.ts';
import { type GridMoveOptions, useDrag } from './use-drag.ts';
import { findNeighbour } from './use-grid-focus.ts';

/** Moves and resizes appointments by keyboard, mouse and finger. `target` is where the appointment would go. */
export function useGridMove(options: GridMoveOptions) {
  const { board, columns, mayMove, onMove } = options;
  const [target, setTarget] = useState<MoveTarget>();
  const { spoken, tell } = useSpokenMove(columns);
  const finish = (end: MoveTarget | undefined): void => {
    setTarget(undefined);
    if (end === undefined) return;
    const place = columns[end.column];
    const origin = findPlaced(columns, end.appointment.id);
    const isSame = origin?.column === end.column && origin.start === end.start && origin.end === end.end;
    if (place === undefined || isSame) return;
    const { professionalId, day } = place;
    onMove({ appointment: end.appointment, professionalId, day, start: end.start, end: end.end });
  };
  const drag = useDrag({ ...options, onTarget: setTarget, onDrop: finish });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[data-item]');
    if (event.ctrlKey || event.metaKey || event.altKey || item === null || board.current === null) return;
    if (target !== undefined) handleMoveKey(event, target);
    else if (event.key.toLowerCase() === 'm' && mayMove) pickUp(event, item);
    else {
      const next = findNeighbour(board.current, item, event.key);
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
    }
  };
  const pickUp = (event: KeyboardEvent, item: HTMLElement): void => {
    const found = findPlaced(columns, item.dataset['appointment'] ?? '');
    if (found === undefined) return;
    event.preventDefault();
    setTarget(found);
    tell('start', found);
  };
  const handleMoveKey = (event: KeyboardEvent, current: MoveTarget): void => {
    const size = { isShift: event.shiftKey, columns: columns.length, slot: options.slot };
    const next = moveByKey(current, event.key, size);
    const isEnd = event.key === 'Enter' || event.key === 'Escape' || event.key === ' ';
    if (next === undefined && !isEnd) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== undefined) {
      setTarget(next);
      tell('at', next);
    } else if (event.key === 'Escape') {
      setTarget(undefined);
      tell('left', current);
    } else {
      finish(current);
      tell('set', current);
    }
  };
  return {
    target,
    isDragging: drag.isDragging,
    spoken,
    handlers: {
      ...drag.handlers,
      onKeyDown,
      onBlur: (event: { relatedTarget: EventTarget | null }) => {
        // Who leaves the grid with Tab leaves the move.
        if (!drag.isDragging && target !== undefined && event.relatedTarget !== null) setTarget(undefined);
      },
    },
  };
}

/** What a screen reader is told while an appointment moves. */
function useSpokenMove(columns: readonly GridColumnData[]) {
  const { t } = useLingui();
  const [spoken, setSpoken] = useState('');
  const tell = (what: 'start' | 'at' | 'set' | 'left', { appointment, start, end, column }: MoveTarget): void => {
    const { clientName } = appointment;
    const place = `${formatClock(start)}–${formatClock(end)}, ${columns[column]?.name ?? ''}`;
    const texts = {
      start: t`Movendo ${clientName}: ${place}. Setas mudam o horário, Shift e setas a duração, Enter confirma, Esc desiste.`,
      at: place,
      set: t`${clientName} agora em ${place}.`,
      left: t`${clientName} ficou onde estava.`,
    };
    setSpoken(texts[what]);
  };
  return { spoken, tell };
}
