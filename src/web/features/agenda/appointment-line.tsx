import styles from './appointment-line.module.css';
import type { AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { clockOf } from '../../lib/wall-time.ts';
import { classNames } from '../../ui/class-names.ts';
import { describeState, nameAppointment } from './appointment-words.ts';
import { StatusIcon } from './status-icon.tsx';

interface AppointmentLineProps {
  readonly appointment: AppointmentSummary;
  readonly typeName: string;
  /** Whose it is, where several professionals are shown, or another detail. */
  readonly professional?: string | undefined;
  readonly onOpen: (appointment: AppointmentSummary) => void;
}

/**
 * An appointment in a list: a button with time, name, kind and state. What is shown beyond its name is drawn by the style sheet,
 * because the visible words of a button have to be those of its name (WCAG 2.5.3).
 */
export function AppointmentLine({ appointment, typeName, professional, onOpen }: AppointmentLineProps) {
  const { localStart, localEnd, clientName, status, pending } = appointment;
  return (
    <button
      type="button"
      className={styles['line']}
      data-status={status}
      aria-label={nameAppointment(appointment, typeName)}
      aria-description={professional}
      onClick={() => {
        onOpen(appointment);
      }}
    >
      <span className={classNames(styles['when'], 'tabular')} data-until={clockOf(localEnd)}>
        {clockOf(localStart)}
      </span>{' '}
      <span className={styles['words']}>
        <span className={styles['who']} translate="no">
          {clientName}
        </span>{' '}
        <span className={styles['what']} data-detail={professional}>
          {typeName}
        </span>
      </span>{' '}
      <span className={styles['state']} data-pending={pending ? '' : undefined}>
        <StatusIcon status={status} size="1.125em" />
        {describeState(appointment)}
      </span>
    </button>
  );
}
