import { type Scope, wholeClinic } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type AppointmentRow, selectAppointments, selectAppointmentsOfSeries } from './queries.ts';

export type { AppointmentRow };

/** One appointment, unless it was taken back. Works in a system transaction, too. */
export async function findAppointment(
  tx: Transaction,
  clinicId: string,
  id: string,
  scope: Scope = wholeClinic,
): Promise<AppointmentRow | undefined> {
  const [row] = await selectAppointments(tx, clinicId, [id], scope);
  return row?.deleted_at === null ? row : undefined;
}

/** The appointments of a series by the start that the series gave them, canceled ones too, without those taken back. */
export const listAppointmentsOfSeries = (
  tx: Transaction,
  clinicId: string,
  seriesId: string,
): Promise<AppointmentRow[]> => selectAppointmentsOfSeries(tx, clinicId, seriesId);
