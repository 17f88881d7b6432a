import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type AppointmentRow, joinClient, rowColumns } from './queries.ts';

/** Appointments `a` that have not begun. */
const isComing = sql`a.deleted_at is null and a.start_at >= now() and a.status in ('scheduled', 'confirmed', 'arrived')`;

export async function countComingOf(tx: Transaction, clinicId: string, professionalId: string): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`select count(*)::integer as count from appointments a
      where a.clinic_id = ${clinicId} and a.professional_id = ${professionalId} and ${isComing}`,
  );
  return onlyRow(rows).count;
}

/**
 * Coming appointments `a` that were handed over from a person to whoever has them now. One that got another time or person since is
 * no longer what was given.
 */
const wasHandedOver = (clinicId: string, from: string) => sql`
  a.clinic_id = ${clinicId} and a.professional_id <> ${from} and ${isComing} and exists (
    select from appointment_versions v
    where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.action = 'handOver'
      and v.changes @> jsonb_build_array(
        jsonb_build_object('field', 'professionalId', 'from', ${from}::text, 'to', a.professional_id)
      )
      and not exists (
        select from appointment_versions later
        where later.clinic_id = v.clinic_id and later.appointment_id = v.appointment_id and later.version > v.version
          and (later.changes @> '[{"field": "startAt"}]' or later.changes @> '[{"field": "endAt"}]'
            or later.changes @> '[{"field": "professionalId"}]')
      )
  )`;

export const selectHandedOver = (tx: Transaction, clinicId: string, from: string): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`select ${rowColumns} from appointments a ${joinClient}
      where ${wasHandedOver(clinicId, from)} order by a.start_at, a.id`,
  );

export async function countHandedOver(tx: Transaction, clinicId: string, from: string): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`select count(*)::integer as count from appointments a
      where ${wasHandedOver(clinicId, from)}`,
  );
  return onlyRow(rows).count;
}
