import styles from './day-view.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { addDays } from '../../../../shared/zoned-time.ts';
import { availabilityQuery, windowQuery } from '../../../entities/appointment/appointment-queries.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { dayOf, minutesSince, wallTimeAt } from '../../../lib/wall-time.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { nameDay } from '../day-words.ts';
import { TodayStrip } from '../today/today-strip.tsx';
import { useMoveAppointment } from '../use-move-appointment.tsx';
import { useSwipe } from '../use-swipe.ts';
import type { ViewProps } from '../view-props.ts';
import { Loaded, NobodyTreats } from '../view-states.tsx';
import { layOutDay, type Span } from './day-layout.ts';
import { DayHead } from './day-head.tsx';
import type { GridColumnData } from './grid-column.tsx';
import type { ColumnPlace } from './move-target.ts';
import { TimeGrid } from './time-grid.tsx';

const none: readonly never[] = [];

/** Opens the booking dialog for a gap. */
export function bookGap(
  { professionalId, day }: Pick<ColumnPlace, 'professionalId' | 'day'>,
  { start, end }: Span,
): void {
  openBooking({ professionalId, localStart: wallTimeAt(day, start), freeMinutes: end - start });
}

/** One day: professionals side by side, on a phone one of them. */
export function DayView({ frame, day, now, person, onGo, onOpen }: ViewProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const { timeZone, people, slot, describeType, mayWrite } = frame;
  const appointments = useQuery(windowQuery({ from: day, to: day }));
  const availability = useQuery(availabilityQuery({ from: day, to: day }));
  const chosen = people.find(({ id }) => id === person);
  const shown = useMemo(() => {
    if (chosen !== undefined) return [chosen];
    return isPhone ? people.slice(0, 1) : people;
  }, [chosen, isPhone, people]);
  const { move, dialog } = useMoveAppointment();
  const layout = useMemo(() => {
    const items = { appointments: appointments.data?.items ?? none, availability: availability.data ?? none };
    return layOutDay({ day, timeZone, people: shown, ...items });
  }, [day, timeZone, shown, appointments.data, availability.data]);
  const columns = useMemo(
    () => layout.columns.map((column): GridColumnData => ({ ...column, key: column.professionalId, day })),
    [layout, day],
  );
  const swipe = useSwipe((direction) => {
    onGo({ dia: addDays(day, direction) }, true);
  });
  const isToday = day === dayOf(now);
  if (people.length === 0 && !appointments.isPending) return <NobodyTreats />;
  const isClosed = availability.data !== undefined && columns.every((column) => column.open.length === 0);
  return (
    <Loaded
      isLoading={appointments.isPending}
      error={appointments.error}
      hasData={appointments.data !== undefined}
      storedAt={appointments.data?.storedAt}
      timeZone={timeZone}
      onRetry={() => void appointments.refetch()}
    >
      {isToday && <TodayStrip appointments={appointments.data?.items ?? none} now={now} onOpen={onOpen} />}
      {isClosed && (
        <p className={styles['closed']}>
          <Trans>Sem horários de atendimento neste dia.</Trans>
        </p>
      )}
      <div {...(isPhone && swipe)}>
        <TimeGrid
          key={day}
          label={t`Agenda de ${nameDay(day)}`}
          hours={layout}
          columns={columns}
          heads={
            isPhone
              ? undefined
              : columns.map(({ professionalId, name }) => (
                  <DayHead
                    key={professionalId}
                    professionalId={professionalId}
                    name={name}
                    day={day}
                    now={now}
                    mayWrite={mayWrite}
                  />
                ))
          }
          slot={slot}
          now={isToday ? { minutes: minutesSince(day, now), isHere: () => true } : undefined}
          mayMove={mayWrite}
          onMove={move}
          describeType={describeType}
          onOpen={onOpen}
          onBook={mayWrite ? bookGap : undefined}
        />
      </div>
      {dialog}
    </Loaded>
  );
}
