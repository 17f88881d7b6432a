import type { Scope } from '../../../../shared/permissions.ts';
import { takesTimeBetween } from '../../../db/appointment-conditions.ts';
import { onlyRow } from '../../../db/rows.ts';
import { sql } from '../../../db/sql.ts';
import { inScope } from '../../../db/scope.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** The same locks as those of a booking (reservation-queries.ts), in the same order. */
export const lockAgendasOfClinic = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(id::text, 21) as key from professionals where clinic_id = ${clinicId} order by key
      ) as keys`,
  );

interface Wanted {
  readonly clientId: string;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** What the agenda has against a wanted appointment. Its own import does not count: that is decided in memory. */
export interface StandingRow {
  readonly index: number;
  /** The same one is there, or was and has been moved or taken back since an import booked it. */
  readonly stands: boolean;
  /** Clients whose appointments have the professional or the room at that time. */
  readonly professional_hit: string | null;
  readonly room_hit: string | null;
  /** The client is with somebody else. */
  readonly client_hit: boolean;
}

export async function listWhatStands(
  tx: Transaction,
  { clinicId, importId }: { readonly clinicId: string; readonly importId: string },
  wanted: readonly Wanted[],
): Promise<StandingRow[]> {
  const list = wanted.map(({ clientId, professionalId, roomId, startAt, endAt }, index) => ({
    ...{ index, client_id: clientId, professional_id: professionalId, room_id: roomId },
    ...{ start_at: startAt, end_at: endAt, start_text: startAt.toISOString() },
  }));
  const during = sql`${takesTimeBetween('a', clinicId, sql`w.start_at`, sql`w.end_at`)}
    and a.import_id is distinct from ${importId}`;
  const ofClient = sql`a.clinic_id = ${clinicId} and a.client_id = w.client_id and a.import_id is distinct from ${importId}`;
  return tx.run(
    sql<StandingRow>`
      select w.index,
        exists (
          select from appointments a where ${ofClient} and a.start_at = w.start_at
            and a.professional_id = w.professional_id and (a.deleted_at is null or a.import_id is not null)
        ) or exists (
          select from appointments a join appointment_versions v
            on v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.version = 1
          where ${ofClient} and a.import_id is not null and a.version > 1
            and v.changes @> jsonb_build_array(
              jsonb_build_object('field', 'startAt', 'to', w.start_text),
              jsonb_build_object('field', 'professionalId', 'to', w.professional_id::text)
            )
        ) as stands,
        (select a.client_id from appointments a where a.professional_id = w.professional_id and ${during} limit 1)
          as professional_hit,
        (select a.client_id from appointments a where a.room_id = w.room_id and ${during} limit 1) as room_hit,
        exists (select from appointments a where a.client_id = w.client_id and ${during}) as client_hit
      from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as w(
        index integer, client_id uuid, professional_id uuid, room_id uuid, start_at timestamptz, end_at timestamptz,
        start_text text
      )`,
  );
}

export interface ImportTakenBack {
  readonly clinicId: string;
  readonly importId: string;
  /** The agendas that may be changed. */
  readonly scope: Scope;
}

/** Whoever was sent a reminder or a link may come; what stands in for another one is somebody's decision. */
const isNamedNowhere = sql`
  not exists (select from appointment_reminders r where r.clinic_id = a.clinic_id and r.appointment_id = a.id)
  and not exists (select from confirmation_links l where l.clinic_id = a.clinic_id and l.appointment_id = a.id)
  and not exists (select from appointments m where m.clinic_id = a.clinic_id and m.makeup_of = a.id)`;

/** Deletes the appointments that are as the import booked them, with their only version. @returns the number deleted */
export async function deleteAsImported(
  tx: Transaction,
  { clinicId, importId, scope }: ImportTakenBack,
): Promise<number> {
  await tx.run(sql`select set_config('app.undoing_import', 'on', true)`);
  const rows = await tx.run(
    sql<{ count: number }>`
      with untouched as materialized (
        select a.id from appointments a
        where a.clinic_id = ${clinicId} and a.import_id = ${importId} and a.version = 1
          and ${inScope(scope, 'a.professional_id')} and ${isNamedNowhere}
        for update
      ), versions as (
        delete from appointment_versions v using untouched u where v.clinic_id = ${clinicId} and v.appointment_id = u.id
      ), gone as (
        delete from appointments a using untouched u where a.clinic_id = ${clinicId} and a.id = u.id returning a.id
      )
      select count(*)::integer as count from gone`,
  );
  await tx.run(sql`select set_config('app.undoing_import', 'off', true)`);
  return onlyRow(rows).count;
}

/** Those of the import that are still in the agenda, by start. */
export const listStillThere = (tx: Transaction, { clinicId, importId }: ImportTakenBack) =>
  tx.run(
    sql<{ id: string; client_id: string; start_at: Date }>`
      select id, client_id, start_at from appointments
      where clinic_id = ${clinicId} and import_id = ${importId} and deleted_at is null
      order by start_at, id`,
  );
