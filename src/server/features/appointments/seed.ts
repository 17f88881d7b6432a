import type { Transaction } from '../../db/transaction.ts';
import { type AppointmentValues, changesBetween, newAppointment } from './fields.ts';
import { insertAppointments } from './write-queries.ts';

export interface SeededAppointment {
  readonly id: string;
  readonly clientId: string;
  readonly professionalId: string;
  readonly visitType: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly status: string;
  readonly cancelReason?: string;
  readonly notes?: string;
}

interface SeededAgenda {
  readonly clinicId: string;
  readonly timeZone: string;
  /** In whose name they were booked. */
  readonly bookedBy: string;
}

/** Adds appointments in any state to a clinic that has none. The database refuses those that overlap. */
export const seedAppointments = (
  tx: Transaction,
  { clinicId, timeZone, bookedBy }: SeededAgenda,
  appointments: readonly SeededAppointment[],
): Promise<unknown> =>
  insertAppointments(
    tx,
    { clinicId, professionalId: bookedBy, sessionId: null },
    appointments.map((appointment) => {
      const values = toValues(appointment, timeZone);
      return { id: appointment.id, values, changes: changesBetween(undefined, values) };
    }),
    { action: 'create' },
  );

const toValues = (appointment: SeededAppointment, timeZone: string): AppointmentValues => ({
  ...newAppointment,
  client_id: appointment.clientId,
  professional_id: appointment.professionalId,
  visit_type: appointment.visitType,
  start_at: appointment.startAt,
  end_at: appointment.endAt,
  time_zone: timeZone,
  notes: appointment.notes ?? null,
  status: appointment.status,
  cancel_reason: appointment.cancelReason ?? null,
  cancel_asked_by: appointment.status === 'canceled' ? 'client' : null,
});
