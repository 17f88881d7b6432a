import styles from './period.module.css';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { addDays } from '../../../../shared/zoned-time.ts';
import { availabilityQuery, windowQuery } from '../../../entities/appointment/appointment-queries.ts';
import { dayOf, minutesSince, startOfWeek } from '../../../lib/wall-time.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { nameDay } from '../day-words.ts';
import { layOutDay, type Span } from '../day/day-layout.ts';
import { bookGap } from '../day/day-view.tsx';
import type { GridColumnData } from '../day/grid-column.tsx';
import { TimeGrid } from '../day/time-grid.tsx';
import { useMoveAppointment } from '../use-move-appointment.tsx';
import { useSwipe } from '../use-swipe.ts';
import type { ViewProps } from '../view-props.ts';
import { Loaded, NobodyTreats } from '../view-states.tsx';
import { DayGroups } from './day-groups.tsx';

const none: readonly never[] = [];

/** A week of one professional: days side by side, on a phone one below the other. */
export function WeekView({ frame, day, now, person, onGo, onOpen }: ViewProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const { timeZone, people, slot, describeType, mayWrite } = frame;
  const shown = people.find(({ id }) => id === person) ?? people[0];
  const monday = startOfWeek(day);
  const window = { from: monday, to: addDays(monday, 6), professionalId: shown?.id };
  const appointments = useQuery({ ...windowQuery(window), enabled: shown !== undefined });
  const availability = useQuery({ ...availabilityQuery(window), enabled: shown !== undefined });
  const { move, dialog } = useMoveAppointment();
  const items = appointments.data?.items ?? none;
  const { hours, columns } = useMemo(() => {
    const layouts = Array.from({ length: 7 }, (_, index) => {
      const date = addDays(monday, index);
      const input = { timeZone, people: shown === undefined ? [] : [shown], availability: availability.data ?? none };
      return { date, ...layOutDay({ ...input, day: date, appointments: items }) };
    });
    const all = layouts.flatMap(({ date, columns: [column] }): GridColumnData[] =>
      column === undefined ? [] : [{ ...column, key: date, day: date, name: nameDay(date) }],
    );
    return { hours: commonHours(layouts), columns: all };
  }, [monday, timeZone, shown, items, availability.data]);
  const swipe = useSwipe((direction) => {
    onGo({ dia: addDays(day, direction * 7) }, true);
  });
  if (people.length === 0 && frame.types.length > 0) return <NobodyTreats />;
  return (
    <Loaded
      isLoading={appointments.isPending}
      error={appointments.error}
      hasData={appointments.data !== undefined}
      storedAt={appointments.data?.storedAt}
      timeZone={timeZone}
      onRetry={() => void appointments.refetch()}
    >
      {isPhone ? (
        <div {...swipe} className={styles['swipe']}>
          <DayGroups frame={frame} items={items} days={columns.map((column) => column.day)} onOpen={onOpen} />
        </div>
      ) : (
        <TimeGrid
          key={monday}
          label={t`Agenda da semana de ${nameDay(monday)}`}
          hours={hours}
          columns={columns}
          heads={columns.map((column) => (
            <Link
              key={column.key}
              to="/agenda"
              search={{ dia: column.day, ...(person !== undefined && { profissional: person }) }}
              className={styles['week-day']}
              data-today={column.day === dayOf(now) ? '' : undefined}
            >
              {column.name}
            </Link>
          ))}
          slot={slot}
          now={
            columns.some((column) => column.day === dayOf(now))
              ? { minutes: minutesSince(dayOf(now), now), isHere: (column) => column.day === dayOf(now) }
              : undefined
          }
          mayMove={mayWrite}
          onMove={move}
          describeType={describeType}
          onOpen={onOpen}
          onBook={mayWrite ? bookGap : undefined}
        />
      )}
      {dialog}
    </Loaded>
  );
}

const commonHours = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
