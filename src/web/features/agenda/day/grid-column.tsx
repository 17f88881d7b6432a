import styles from './grid-column.module.css';
import { useLingui } from '@lingui/react/macro';
import { type CSSProperties, memo } from 'react';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { describePending } from '../../../entities/appointment/state-words.ts';
import { formatClock } from '../../../lib/wall-time.ts';
import { classNames } from '../../../ui/class-names.ts';
import { describeLength, describeState, nameAppointment } from '../appointment-words.ts';
import { StatusIcon } from '../status-icon.tsx';
import { overlap, type PlacedAppointment, type Span } from './day-layout.ts';
import type { ColumnPlace, MoveTarget } from './move-target.ts';

export interface GridColumnData extends ColumnPlace {
  /** What the list is called. */
  readonly name: string;
  readonly appointments: readonly PlacedAppointment[];
  readonly gaps: readonly Span[];
  readonly open: readonly Span[];
}

export interface GridActions {
  /** Names and colours of the kinds of visit, by key. */
  readonly describeType: (key: string) => { readonly name: string; readonly color: string };
  readonly onOpen: (appointment: AppointmentSummary) => void;
  /** Undefined for people who may not book: gaps are then no buttons. */
  readonly onBook: ((place: Pick<ColumnPlace, 'professionalId' | 'day'>, gap: Span) => void) | undefined;
}

interface GridColumnProps extends GridActions {
  readonly column: GridColumnData;
  readonly index: number;
  /** Little width: the state stands beside the time, and the name takes as many lines as it needs. */
  readonly isNarrow: boolean;
  readonly hours: Span;
  readonly now: number | undefined;
  readonly target: MoveTarget | undefined;
  /** The appointment of this column that is being moved, which is faint at its old place. */
  readonly movingId: string | undefined;
  /** False while its appointments are still to come, which is a moment for columns out of sight. */
  readonly isFilled: boolean;
  /** The part of the day that is filled first; undefined once all of it is. */
  readonly filledSpan: Span | undefined;
}

const place = (hours: Span, { start, end }: Span): CSSProperties =>
  ({ '--at': start - hours.start, '--long': end - start }) as CSSProperties;

/** Gaps and appointments by time. */
const listItems = ({ gaps, appointments }: GridColumnData) =>
  [
    ...gaps.map((gap) => ({ start: gap.start, end: gap.end, gap })),
    ...appointments.map((placed) => ({ start: placed.start, end: placed.end, placed })),
  ].sort((one, other) => one.start - other.start);

/** One professional's day, or one day of a week. */
export const GridColumn = memo(function GridColumn(props: GridColumnProps) {
  const { column, index, isNarrow, hours, now, target, movingId, isFilled, filledSpan, describeType, onOpen, onBook } =
    props;
  const items = isFilled
    ? listItems(column).filter((item) => filledSpan === undefined || overlap(item, filledSpan))
    : [];
  return (
    <div className={styles['column']} data-column={index}>
      {column.open.map((span) => (
        <div key={span.start} className={styles['open']} style={place(hours, span)} />
      ))}
      <div className={styles['lines']} aria-hidden="true" />
      {/* Safari forgets the role of a list without bullets. */}
      <ul className={styles['items']} role="list" aria-label={column.name} translate="no">
        {items.map((item) =>
          'placed' in item ? (
            <AppointmentItem
              key={item.placed.appointment.id}
              placed={item.placed}
              hours={hours}
              index={index}
              isNarrow={isNarrow}
              isMoving={item.placed.appointment.id === movingId}
              describeType={describeType}
              onOpen={onOpen}
            />
          ) : (
            <GapItem
              key={`gap-${item.start}`}
              gap={item.gap}
              hours={hours}
              index={index}
              professionalId={column.professionalId}
              day={column.day}
              onBook={onBook}
            />
          ),
        )}
      </ul>
      {target !== undefined && <Ghost target={target} hours={hours} />}
      {now !== undefined && now >= hours.start && now <= hours.end && (
        <div className={styles['now']} style={place(hours, { start: now, end: now })} aria-hidden="true" />
      )}
    </div>
  );
});

interface AppointmentItemProps extends Pick<GridActions, 'describeType' | 'onOpen'> {
  readonly placed: PlacedAppointment;
  readonly hours: Span;
  readonly index: number;
  readonly isNarrow: boolean;
  readonly isMoving: boolean;
}

const AppointmentItem = memo(function AppointmentItem(props: AppointmentItemProps) {
  const { placed, hours, index, isNarrow, isMoving, describeType, onOpen } = props;
  const { appointment, lane, lanes, isFreed } = placed;
  const type = describeType(appointment.visitType);
  const shortness = shortnessOf(placed);
  const style = { ...place(hours, placed), '--lane': lane, '--lanes': lanes } as CSSProperties;
  return (
    <li className={styles['item']} style={style} data-freed={isFreed ? '' : undefined}>
      <button
        type="button"
        tabIndex={-1}
        className={styles['appointment']}
        data-item={index}
        data-start={placed.start}
        data-appointment={appointment.id}
        data-status={appointment.status}
        data-pending={appointment.pending ? '' : undefined}
        data-color={type.color}
        data-moving={isMoving ? '' : undefined}
        data-short={shortness}
        data-resizable={isFreed ? undefined : ''}
        aria-label={nameAppointment(appointment, type.name)}
        aria-describedby="time-grid-help"
        onClick={() => {
          onOpen(appointment);
        }}
      >
        {isNarrow && shortness !== 'line' ? (
          <NarrowWords placed={placed} typeName={type.name} />
        ) : (
          <WideWords placed={placed} typeName={type.name} shortness={shortness} />
        )}
      </button>
    </li>
  );
});

interface WordsProps {
  readonly placed: PlacedAppointment;
  readonly typeName: string;
}

/** The name of the button says it all. Lines of one text, not boxes: a day has hundreds of them. */
function WideWords({ placed, typeName, shortness }: WordsProps & { readonly shortness: Shortness | undefined }) {
  const { start, appointment } = placed;
  const { status, clientName } = appointment;
  return (
    <span className={styles['words']}>
      <span className={classNames(styles['when'], 'tabular')}>{formatClock(start)}</span>
      {shortness === undefined ? <br /> : ' '}
      {shortness === 'line' && (
        <span className={styles['what']}>
          <StatusIcon status={status} />
        </span>
      )}
      <span className={styles['who']}>{clientName}</span>
      {shortness !== 'line' && (
        <>
          <br />
          <span className={styles['what']}>
            <StatusIcon status={status} />
            {typeName} · {describeState(appointment)}
          </span>
        </>
      )}
    </span>
  );
}

/**
 * Time and state in words, below them the whole name, then the kind of visit where there is room. The words are in the order of
 * the button's name (WCAG 2.5.3); the style sheet puts the state first, and draws the one that is shorter than in the name.
 */
function NarrowWords({ placed, typeName }: WordsProps) {
  const { start, appointment } = placed;
  const { status, pending, clientName } = appointment;
  return (
    <span className={styles['words']} data-narrow="">
      <span className={classNames(styles['when'], 'tabular')}>{formatClock(start)}</span>{' '}
      <span className={styles['who']}>{clientName}</span> <span className={styles['kind']}>{typeName}</span>{' '}
      <span className={styles['what']} data-drawn={pending ? describePending() : undefined}>
        <StatusIcon status={status} />
        {!pending && describeState(appointment)}
      </span>
    </span>
  );
}

type Shortness = 'line' | 'lines';

/** How much fits into an appointment's height: one line, two, or all three. */
function shortnessOf({ start, end }: Span): Shortness | undefined {
  if (end - start < 30) return 'line';
  return end - start < 45 ? 'lines' : undefined;
}

interface GapItemProps extends Pick<GridActions, 'onBook'> {
  readonly gap: Span;
  readonly hours: Span;
  readonly index: number;
  readonly professionalId: string;
  readonly day: string;
}

const GapItem = memo(function GapItem({ gap, hours, index, professionalId, day, onBook }: GapItemProps) {
  const { t } = useLingui();
  const span = `${formatClock(gap.start)}–${formatClock(gap.end)}`;
  const label = t`Livre ${span}`;
  const words = (
    <span className={classNames(styles['gap-words'], 'tabular')} data-length={describeLength(gap.end - gap.start)}>
      {label}
    </span>
  );
  return (
    <li className={styles['gap']} style={place(hours, gap)}>
      {onBook === undefined ? (
        words
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles['gap-button']}
          data-item={index}
          data-start={gap.start}
          data-short={gap.end - gap.start < 30 ? 'line' : undefined}
          aria-label={label}
          onClick={() => {
            onBook({ professionalId, day }, gap);
          }}
        >
          {words}
        </button>
      )}
    </li>
  );
});

function Ghost({ target, hours }: { readonly target: MoveTarget; readonly hours: Span }) {
  return (
    <div className={styles['ghost']} style={place(hours, target)} aria-hidden="true">
      <span className={classNames(styles['when'], 'tabular')}>
        {formatClock(target.start)}–{formatClock(target.end)}
      </span>
      <span className={styles['who']}>{target.appointment.clientName}</span>
    </div>
  );
}
