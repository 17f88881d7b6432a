import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type ClinicRow, selectClinic } from './queries.ts';

export type ClinicSettings = Clinic;

/** A clinic with its settings, in a system transaction, too. Throws when there is none: a session's clinic always exists. */
export async function findClinicSettings(tx: Transaction, clinicId: string): Promise<ClinicSettings> {
  const row = await selectClinic(tx, clinicId);
  if (row === undefined) throw new Error(`no clinic ${clinicId}`);
  return presentClinic(row);
}

const presentClinic = (row: ClinicRow): Clinic => ({
  id: row.id,
  name: row.name,
  timeZone: row.time_zone,
  city: row.city,
  state: row.state,
  phone: row.phone,
  address: row.address,
  slotMinutes: row.slot_minutes,
  optionalHolidays: row.optional_holidays,
  reminders: row.reminders as unknown as Clinic['reminders'],
  overlap: row.overlap as Clinic['overlap'],
});
