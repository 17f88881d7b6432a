import styles from './period.module.css';
import { Trans } from '@lingui/react/macro';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf } from '../../../lib/wall-time.ts';
import { AppointmentLine } from '../appointment-line.tsx';
import { nameLongDay } from '../day-words.ts';
import type { AgendaFrame } from '../use-agenda-frame.ts';
import type { ViewProps } from '../view-props.ts';

interface DayGroupsProps {
  readonly frame: AgendaFrame;
  readonly items: readonly AppointmentSummary[];
  /** Days that are shown also when they are empty; without them, those that have appointments. */
  readonly days?: readonly string[];
  readonly showsProfessional?: boolean;
  readonly onOpen: ViewProps['onOpen'];
}

/** Appointments one below the other, by day. */
export function DayGroups({ frame, items, days, showsProfessional = false, onOpen }: DayGroupsProps) {
  const byDay = Map.groupBy(items, ({ localStart }) => dayOf(localStart));
  return (days ?? [...byDay.keys()]).map((day) => (
    <section key={day} className={styles['group']} aria-label={nameLongDay(day)}>
      <h2 className={styles['group-day']}>{nameLongDay(day)}</h2>
      {byDay.has(day) ? (
        <ul role="list" className={styles['group-items']}>
          {byDay.get(day)?.map((appointment) => (
            <li key={appointment.id}>
              <AppointmentLine
                appointment={appointment}
                typeName={frame.describeType(appointment.visitType).name}
                professional={
                  showsProfessional ? frame.people.find(({ id }) => id === appointment.professionalId)?.name : undefined
                }
                onOpen={onOpen}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles['empty-day']}>
          <Trans>Nada marcado</Trans>
        </p>
      )}
    </section>
  ));
}
