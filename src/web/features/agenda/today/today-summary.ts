import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';

/** A day's appointments by what they ask for now. */
export interface TodaySummary {
  /** Who comes next: the first that has not begun, with those at the same time. */
  readonly next: readonly AppointmentSummary[];
  readonly arrived: readonly AppointmentSummary[];
  readonly inProgress: readonly AppointmentSummary[];
  /** Past, and nobody said what became of them. */
  readonly pending: readonly AppointmentSummary[];
  /** Coming, and not confirmed yet. */
  readonly unconfirmed: readonly AppointmentSummary[];
}

/** Sorts a day's appointments, which come by start, by what they ask for. `now` is the wall time. */
export function summarizeToday(appointments: readonly AppointmentSummary[], now: string): TodaySummary {
  const coming = appointments.filter(
    ({ status, localStart }) => (status === 'scheduled' || status === 'confirmed') && localStart >= now,
  );
  return {
    next: coming.filter(({ localStart }) => localStart === coming[0]?.localStart),
    arrived: appointments.filter(({ status }) => status === 'arrived'),
    inProgress: appointments.filter(({ status }) => status === 'inProgress'),
    pending: appointments.filter(({ pending }) => pending),
    unconfirmed: coming.filter(({ status }) => status === 'scheduled'),
  };
}
