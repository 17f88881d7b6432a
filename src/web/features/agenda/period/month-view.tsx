import styles from './period.module.css';
import { Plural, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addDays } from '../../../../shared/zoned-time.ts';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { windowQuery } from '../../../entities/appointment/appointment-queries.ts';
import { addMonths, clockOf, countDays, dayOf, startOfMonth, startOfWeek } from '../../../lib/wall-time.ts';
import { nameLongDay, nameMonth, nameWeekday } from '../day-words.ts';
import type { ViewProps } from '../view-props.ts';
import { Loaded, NobodyTreats } from '../view-states.tsx';

/** Appointments that a day shows by name; of the others it tells how many. */
const shownPerDay = 3;

/** A month of one professional: each day leads to its own view. */
export function MonthView({ frame, day, now, person }: ViewProps) {
  const { t } = useLingui();
  const shown = frame.people.find(({ id }) => id === person) ?? frame.people[0];
  const first = startOfMonth(day);
  const last = addDays(addMonths(first, 1), -1);
  const monday = startOfWeek(first);
  const days = Array.from({ length: Math.ceil((countDays(monday, last) + 1) / 7) * 7 }, (_, index) =>
    addDays(monday, index),
  );
  const appointments = useQuery({
    ...windowQuery({ from: first, to: last, professionalId: shown?.id }),
    enabled: shown !== undefined,
  });
  if (frame.people.length === 0 && frame.types.length > 0) return <NobodyTreats />;
  const kept = appointments.data?.items.filter(({ status }) => status !== 'canceled') ?? [];
  const byDay = Map.groupBy(kept, ({ localStart }) => dayOf(localStart));
  return (
    <Loaded
      isLoading={appointments.isPending}
      error={appointments.error}
      hasData={appointments.data !== undefined}
      storedAt={appointments.data?.storedAt}
      timeZone={frame.timeZone}
      onRetry={() => void appointments.refetch()}
    >
      <section className={styles['month']} aria-label={t`Agenda de ${nameMonth(day)}`}>
        {days.slice(0, 7).map((date) => (
          <div key={date} className={styles['weekday']} aria-hidden="true">
            {nameWeekday(date)}
          </div>
        ))}
        {days.map((date) => (
          <MonthDay
            key={date}
            date={date}
            isOther={date < first || date > last}
            isToday={date === dayOf(now)}
            person={person}
            appointments={byDay.get(date) ?? []}
          />
        ))}
      </section>
    </Loaded>
  );
}

interface MonthDayProps {
  readonly date: string;
  /** Of the month before or after. */
  readonly isOther: boolean;
  readonly isToday: boolean;
  readonly person: string | undefined;
  readonly appointments: readonly AppointmentSummary[];
}

function MonthDay({ date, isOther, isToday, person, appointments }: MonthDayProps) {
  const more = appointments.length - shownPerDay;
  return (
    <Link
      to="/agenda"
      search={{ dia: date, ...(person !== undefined && { profissional: person }) }}
      className={styles['month-day']}
      data-other={isOther ? '' : undefined}
      data-today={isToday ? '' : undefined}
    >
      <span className={styles['date']} aria-hidden="true">
        {Number(date.slice(8))}
      </span>
      <span className="visually-hidden">
        {nameLongDay(date)},{' '}
        <Plural value={appointments.length} _0="nada marcado" one="# atendimento" other="# atendimentos" />
      </span>
      <span className={styles['names']} aria-hidden="true" translate="no">
        {appointments.slice(0, shownPerDay).map(({ id, localStart, clientName }) => (
          <span key={id} className={styles['month-name']}>
            <span className="tabular">{clockOf(localStart)}</span> {clientName}
          </span>
        ))}
        {more > 0 && <span className={styles['month-more']}>+{more}</span>}
      </span>
      <span className={styles['count']} aria-hidden="true">
        {appointments.length > 0 && appointments.length}
      </span>
    </Link>
  );
}
