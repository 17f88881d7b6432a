import styles from './dialog-form.module.css';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { clockOf, dayOf } from '../../../lib/wall-time.ts';
import { nameLongDay } from '../day-words.ts';

/** Whose appointment a dialog is about, and when that is now: the panel with both may be covered. */
export function WhoseAndWhen({ appointment }: { readonly appointment: Appointment }) {
  const { clientName, localStart, localEnd } = appointment;
  return (
    <p className={styles['subject']}>
      <strong translate="no">{clientName}</strong>
      <span>
        {nameLongDay(dayOf(localStart))}, {clockOf(localStart)}–{clockOf(localEnd)}
      </span>
    </p>
  );
}
