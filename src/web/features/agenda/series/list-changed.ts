import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf, minutesSince } from '../../../lib/wall-time.ts';
import type { SeriesChange } from './change-series.ts';

type Place = Pick<SeriesChange, 'localStart' | 'durationMinutes' | 'professionalId' | 'visitType' | 'roomId'>;

/** What differs from the appointment: the others of its series keep the rest, which may not be the same. */
export function listChanged(appointment: AppointmentSummary, wanted: Place): SeriesChange {
  const { localStart, localEnd, professionalId, visitType, roomId } = appointment;
  const day = dayOf(localStart);
  const durationMinutes = minutesSince(day, localEnd) - minutesSince(day, localStart);
  const present = { localStart, durationMinutes, professionalId, visitType, roomId };
  const changed = Object.entries(wanted).filter(([name, value]) => value !== present[name as keyof Place]);
  return Object.fromEntries(changed.filter(([, value]) => value !== undefined));
}
