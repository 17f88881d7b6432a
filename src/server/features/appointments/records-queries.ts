import { isOpen } from '../../db/appointment-conditions.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { KeptEntries } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { type AppointmentRow, joinClient, rowColumns } from './queries.ts';

/** The number of a client's coming appointments, and when the next one is. */
export async function countComing(tx: Transaction, clinicId: string, clientId: string) {
  const rows = await tx.run(
    sql<{ count: number; next: Date | null }>`
      select count(*)::integer as count, min(a.start_at) as next from appointments a
      where a.clinic_id = ${clinicId} and a.client_id = ${clientId} and a.end_at > now() and ${isOpen('a')}`,
  );
  return onlyRow(rows);
}

interface Handing {
  readonly mergeId: string;
  readonly fromId: string;
  readonly toId: string;
}

const insertVersions = (actor: Actor, { mergeId, fromId, toId }: Handing) => sql`
  insert into appointment_versions (clinic_id, appointment_id, version, professional_id, session_id, action, changes, merge_id)
  select ${actor.clinicId}::uuid, id, version, ${actor.professionalId}::uuid, ${actor.sessionId}::uuid, 'merge',
    jsonb_build_array(jsonb_build_object('field', 'clientId', 'from', ${fromId}::text, 'to', ${toId}::text)),
    ${mergeId}::uuid
  from moved`;

/** Gives all appointments of a client to another one. */
export const giveAppointments = (tx: Transaction, actor: Actor, handing: Handing): Promise<unknown> =>
  tx.run(
    sql`
      with moved as (
        update appointments set client_id = ${handing.toId}, version = version + 1, updated_at = now()
        where clinic_id = ${actor.clinicId} and client_id = ${handing.fromId}
        returning id, version
      ) ${insertVersions(actor, handing)}`,
  );

/** Gives those appointments back that a merge gave to a client who still has them. */
export const giveAppointmentsBack = (tx: Transaction, actor: Actor, handing: Handing): Promise<unknown> =>
  tx.run(
    sql`
      with moved as (
        update appointments a set client_id = ${handing.toId}, version = version + 1, updated_at = now()
        where clinic_id = ${actor.clinicId} and client_id = ${handing.fromId} and exists (
          select from appointment_versions v
          where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.merge_id = ${handing.mergeId}
        )
        returning id, version
      ) ${insertVersions(actor, handing)}`,
  );

/** Empties the texts of clients' appointments, in their history too. The clinic is the transaction's. */
export const anonymizeAppointments = (tx: Transaction, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(sql`select app.anonymize_appointments(${clientIds}::uuid[])`);

/** The appointments at which clients were treated or about which something clinical is written, and when the latest ended. */
export async function countVisits(
  tx: Transaction,
  clinicId: string,
  clientIds: readonly string[],
): Promise<KeptEntries> {
  const rows = await tx.run(
    sql<{ entries: number; latest: Date | null }>`
      select count(*)::int as entries, max(end_at) as latest from appointments
      where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[]) and deleted_at is null
        and (status in ('arrived', 'inProgress', 'done') or notes is not null)`,
  );
  return { part: 'clinical', ...onlyRow(rows) };
}

/** The appointments of a client and the records merged into it, also those taken back, after an id and in its order. */
export const listWholeAppointments = (
  tx: Transaction,
  { clinicId, clientId, after, limit }: { clinicId: string; clientId: string; after: string; limit: number },
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`
      select ${rowColumns} from appointments a ${joinClient}
      where a.clinic_id = ${clinicId} and a.client_id = any (array(select app.records_of(${clientId}))) and a.id > ${after}
      order by a.id limit ${limit}`,
  );
