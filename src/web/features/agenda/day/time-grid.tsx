import styles from './time-grid.module.css';
import { useLingui } from '@lingui/react/macro';
import { type CSSProperties, type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatClock } from '../../../lib/wall-time.ts';
import { useIsTight } from '../../../ui/screen.ts';
import type { Span } from './day-layout.ts';
import { findPlaced } from './find-placed.ts';
import { GridColumn, type GridActions, type GridColumnData } from './grid-column.tsx';
import { createGridKeeper } from './keep-columns.ts';
import type { GridMove } from './move-target.ts';
import { useFilledPart } from './use-filled-part.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { useGridMove } from './use-grid-move.ts';

interface TimeGridProps extends GridActions {
  /** “Agenda de seg., 23 nov.” */
  readonly label: string;
  readonly hours: Span;
  readonly columns: readonly GridColumnData[];
  /** Names above the columns; without them, where one column fills the page. */
  readonly heads?: readonly ReactNode[] | undefined;
  /** Minutes of the clinic's grid. */
  readonly slot: number;
  /** Minutes since the start of today, and the key of today's columns; undefined when today is not shown. */
  readonly now?: { readonly minutes: number; readonly isHere: (column: GridColumnData) => boolean } | undefined;
  readonly mayMove: boolean;
  readonly onMove: (move: GridMove) => void;
}

/** So many columns have room for a line of kind and state; more are narrow. */
const wideColumns = 4;

/**
 * Columns of appointments and gaps over the hours of a day. One stop of the Tab key: arrows walk, M moves the appointment that
 * has the focus, a mouse drags, and a long press does on a touch screen.
 */
export function TimeGrid(props: TimeGridProps) {
  const { label, heads, slot, now, mayMove, onMove, describeType, onOpen, onBook } = props;
  const { t } = useLingui();
  const { hours, columns } = useKeptGrid(props);
  const filled = useFilledPart(columns.length, hours, now?.minutes);
  const board = useRef<HTMLDivElement>(null);
  useGridFocus(board);
  const { target, isDragging, spoken, handlers } = useGridMove({ board, columns, hours, slot, mayMove, onMove });
  useScrollToNow(board, hours, now?.minutes);
  const isNarrow = useIsTight() || columns.length > wideColumns;
  const movingId = target?.appointment.id;
  const movingFrom = useMemo(
    () => (movingId === undefined ? undefined : findPlaced(columns, movingId)?.column),
    [columns, movingId],
  );
  return (
    <section className={styles['time-grid']} aria-label={label} data-dragging={isDragging ? '' : undefined}>
      <div
        ref={board}
        className={styles['board']}
        data-narrow={isNarrow ? '' : undefined}
        style={{ '--columns': columns.length, '--whole': hours.end - hours.start } as CSSProperties}
        {...handlers}
      >
        {heads !== undefined && (
          <div className={styles['heads']}>
            <div className={styles['corner']} />
            {heads.map((head, index) => (
              <div className={styles['head']} key={columns[index]?.key}>
                {head}
              </div>
            ))}
          </div>
        )}
        <HourAxis hours={hours} now={now?.minutes} />
        {columns.map((column, index) => (
          <GridColumn
            key={column.key}
            column={column}
            index={index}
            isNarrow={isNarrow}
            hours={hours}
            now={now?.isHere(column) === true ? now.minutes : undefined}
            target={target?.column === index ? target : undefined}
            movingId={movingFrom === index ? movingId : undefined}
            isFilled={index < filled.columns}
            filledSpan={filled.span}
            describeType={describeType}
            onOpen={onOpen}
            onBook={onBook}
          />
        ))}
      </div>
      {isDragging && <div className={styles['dragged']} />}
      <p className="visually-hidden" role="status" aria-live="assertive">
        {spoken}
      </p>
      {mayMove && (
        <p className="visually-hidden" id="time-grid-help">
          {t`Setas andam entre horários. M move o atendimento, Enter confirma, Esc desiste.`}
        </p>
      )}
    </section>
  );
}

/** The same objects as long as nothing in them changes. */
function useKeptGrid({ hours, columns }: Pick<TimeGridProps, 'hours' | 'columns'>) {
  const [keep] = useState(createGridKeeper);
  const { start, end } = hours;
  return useMemo(() => keep({ hours: { start, end }, columns }), [keep, start, end, columns]);
}

function HourAxis({ hours, now }: { readonly hours: Span; readonly now: number | undefined }) {
  const count = Math.floor((hours.end - hours.start) / 60);
  return (
    <div className={styles['axis']} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className={styles['hour']} style={{ '--at': index * 60 } as CSSProperties}>
          {formatClock(hours.start + index * 60)}
        </span>
      ))}
      {now !== undefined && now >= hours.start && now <= hours.end && (
        <span className={styles['now']} style={{ '--at': now - hours.start } as CSSProperties}>
          {formatClock(now)}
        </span>
      )}
    </div>
  );
}

/** Scrolls to the present hour when the grid appears; only a grid that scrolls by itself, never the page. */
function useScrollToNow(board: RefObject<HTMLDivElement | null>, hours: Span, now: number | undefined): void {
  const isDone = useRef(false);
  useLayoutEffect(() => {
    const element = board.current;
    if (now === undefined || isDone.current || element === null) return;
    isDone.current = true;
    const share = (now - hours.start) / (hours.end - hours.start);
    element.scrollTo({ top: share * element.scrollHeight - element.clientHeight / 3 });
  }, [board, hours, now]);
}
