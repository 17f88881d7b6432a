import { takesTimeBetween } from '../../db/appointment-conditions.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/**
 * Locks the agendas of professionals, rooms and clients until the transaction ends, in one order, so that two transactions
 * cannot wait for one another. An exclusion constraint alone would end races in deadlocks.
 */
export const lockAgendas = (tx: Transaction, ids: readonly string[]): Promise<unknown> =>
  tx.run(
    sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(id, 21) as key from unnest(${ids}::text[]) as id order by key
      ) as keys`,
  );

export interface Places {
  readonly time_zone: string;
  readonly overlap: string;
  readonly professionals: readonly { readonly id: string; readonly role: string; readonly active: boolean }[];
  readonly rooms: readonly { readonly id: string; readonly active: boolean }[];
  readonly makeups: readonly { readonly id: string; readonly client_id: string }[];
}

interface PlaceIds {
  readonly professionalIds: readonly string[];
  readonly roomIds: readonly string[];
  /** Appointments that are made up for. */
  readonly makeupIds: readonly string[];
}

/** The clinic, and those of the professionals, rooms and appointments that it has; the host's superusers are none of its people. */
export async function selectPlaces(
  tx: Transaction,
  clinicId: string,
  { professionalIds, roomIds, makeupIds }: PlaceIds,
): Promise<Places> {
  const rows = await tx.run(
    sql<Places>`
      select time_zone, overlap,
        array(
          select jsonb_build_object('id', id, 'role', role, 'active', deactivated_at is null) from professionals
          where clinic_id = c.id and id = any (${professionalIds}::uuid[]) and not is_superuser
        ) as professionals,
        array(
          select jsonb_build_object('id', id, 'active', active) from rooms
          where clinic_id = c.id and id = any (${roomIds}::uuid[])
        ) as rooms,
        array(
          select jsonb_build_object('id', id, 'client_id', client_id) from appointments
          where clinic_id = c.id and id = any (${makeupIds}::uuid[]) and deleted_at is null
        ) as makeups
      from clinics c where id = ${clinicId}`,
  );
  return onlyRow(rows);
}

/** A time that somebody wants, and the time that its appointment had before. */
export interface WantedTime {
  readonly index: number;
  readonly client_id: string;
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly start_at: Date;
  readonly end_at: Date;
  readonly old_professional_id?: string;
  readonly old_room_id?: string | null;
  readonly old_client_id?: string;
  readonly old_start_at?: Date;
  readonly old_end_at?: Date;
}

/** An appointment that overlaps a wanted time, and with whom or what it does. */
export interface OverlapRow {
  readonly index: number;
  readonly id: string;
  readonly start_at: Date;
  readonly end_at: Date;
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly client_id: string;
  readonly client_name: string;
  /** Has the professional or the room. */
  readonly takes_time: boolean;
  /** And did not overlap the time before, with the same one. */
  readonly is_new: boolean;
  /** Is a new overlap of the same client with another professional. */
  readonly is_clients: boolean;
}

/** What overlaps each of the times, by start. Appointments with the ignored ids do not count. */
export const listOverlaps = (
  tx: Transaction,
  clinicId: string,
  wanted: readonly WantedTime[],
  ignoredIds: readonly string[],
): Promise<OverlapRow[]> => tx.run(overlapsOf(clinicId, wanted, ignoredIds));

const overlapsOf = (clinicId: string, wanted: readonly WantedTime[], ignoredIds: readonly string[]) => {
  const during = takesTimeBetween('o', clinicId, sql`w.start_at`, sql`w.end_at`);
  return sql<OverlapRow>`
  select w.index, a.id, a.start_at, a.end_at, a.professional_id, a.room_id, a.client_id, c.full_name as client_name,
    s.professional or s.room as takes_time,
    s.professional and not (was.there and w.professional_id is not distinct from w.old_professional_id)
      or s.room and not (was.there and w.room_id is not distinct from w.old_room_id) as is_new,
    a.client_id = w.client_id and not s.professional and not s.room
      and not (was.there and w.client_id is not distinct from w.old_client_id) as is_clients
  from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(
    index integer, client_id uuid, professional_id uuid, room_id uuid, start_at timestamptz, end_at timestamptz,
    old_professional_id uuid, old_room_id uuid, old_client_id uuid, old_start_at timestamptz, old_end_at timestamptz
  )
  cross join lateral (
    select o.id from appointments o where o.professional_id = w.professional_id and ${during}
    union select o.id from appointments o where o.room_id = w.room_id and ${during}
    union select o.id from appointments o where o.client_id = w.client_id and ${during}
  ) as hit
  join appointments a on a.clinic_id = ${clinicId} and a.id = hit.id
  join clients c on c.clinic_id = a.clinic_id and c.id = a.client_id
  cross join lateral (
    select a.professional_id = w.professional_id as professional, coalesce(a.room_id = w.room_id, false) as room
  ) as s
  cross join lateral (
    select coalesce(a.start_at < w.old_end_at and a.end_at > w.old_start_at, false) as there
  ) as was
  where a.id <> all (${ignoredIds}::uuid[])
  order by w.index, a.start_at, a.id
  limit 2000`;
};
