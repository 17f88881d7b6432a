import type { Scope } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';

/** An appointment with what lists show of its client. Times are instants; `local…` are the clinic's wall time. */
export interface AppointmentRow {
  readonly id: string;
  readonly clinic_id: string;
  readonly version: number;
  readonly client_id: string;
  readonly client_name: string;
  readonly client_first_name: string;
  readonly client_phone: string | null;
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly visit_type: string;
  readonly title: string | null;
  readonly start_at: Date;
  readonly end_at: Date;
  readonly local_start: string;
  readonly local_end: string;
  readonly time_zone: string;
  readonly location: string | null;
  readonly notes: string | null;
  readonly status: string;
  readonly pending: boolean;
  readonly cancel_reason: string | null;
  readonly cancel_asked_by: string | null;
  readonly client_answer: string | null;
  readonly overlap_reason: string | null;
  readonly owes_makeup: boolean;
  readonly makeup_open: boolean;
  readonly makeup_of: string | null;
  readonly series_id: string | null;
  readonly original_start: Date | null;
  readonly package_id: string | null;
  readonly deleted_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** One appointment, unless it was taken back. Works in a system transaction, too. */
export function findAppointment(
  _tx: Transaction,
  _clinicId: string,
  _id: string,
  _scope?: Scope,
): Promise<AppointmentRow | undefined> {
  return Promise.reject(new Error('not yet'));
}

/** The appointments of a series by the start that the series gave them, canceled ones too, without those taken back. */
export function listAppointmentsOfSeries(
  _tx: Transaction,
  _clinicId: string,
  _seriesId: string,
): Promise<AppointmentRow[]> {
  return Promise.reject(new Error('not yet'));
}
