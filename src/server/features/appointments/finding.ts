import type { Transaction } from '../../db/transaction.ts';
import { type AppointmentRow, selectAppointmentsOfSeries } from './queries.ts';

export type { AppointmentRow };

/** The appointments of a series by the start that the series gave them, canceled ones too, without those taken back. */
export const listAppointmentsOfSeries = (
  tx: Transaction,
  clinicId: string,
  seriesId: string,
): Promise<AppointmentRow[]> => selectAppointmentsOfSeries(tx, clinicId, seriesId);
