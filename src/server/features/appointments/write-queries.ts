import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AppointmentValues, FieldChange } from './fields.ts';
import { type AppointmentRow, joinClient, rowColumns } from './queries.ts';

export interface Written {
  readonly id: string;
  readonly values: AppointmentValues;
  readonly changes: readonly FieldChange[];
}

/** In whose name; nobody's when a client answers by a link, or a rule decides. */
export interface Writer {
  readonly clinicId: string;
  readonly professionalId: string | null;
  readonly sessionId: string | null;
}

export interface Note {
  readonly action: string;
  readonly mergeId?: string;
}

/** The rows of a statement, as one parameter. */
const given = (rows: readonly Written[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows.map(({ id, values, changes }) => ({ ...values, id, changes })))}::jsonb) as g(
    id uuid, client_id uuid, professional_id uuid, room_id uuid, visit_type text, title text, start_at timestamptz,
    end_at timestamptz, time_zone text, location text, notes text, status text, cancel_reason text, cancel_asked_by text,
    client_answer text, overlap_reason text, owes_makeup boolean, makeup_of uuid, series_id uuid,
    original_start timestamptz, package_id uuid, deleted_at timestamptz, changes jsonb
  )`;

/** Statements that add appointments, each with its first version. */
const adding = (
  { clinicId, professionalId, sessionId }: Writer,
  rows: readonly Written[],
  action: string,
  importId: string | null,
) => sql`
  given as (select * from ${given(rows)}), added as (
    insert into appointments (
      clinic_id, id, client_id, professional_id, room_id, visit_type, title, start_at, end_at, local_start, time_zone,
      location, notes, status, cancel_reason, cancel_asked_by, overlap_reason, owes_makeup, makeup_of, series_id,
      original_start, package_id, import_id
    )
    select ${clinicId}, id, client_id, professional_id, room_id, visit_type, title, start_at, end_at,
      start_at at time zone time_zone, time_zone, location, notes, status, cancel_reason, cancel_asked_by,
      overlap_reason, owes_makeup, makeup_of, series_id, original_start, package_id, ${importId}::uuid
    from given
    returning *
  ), noted as (
    insert into appointment_versions (clinic_id, appointment_id, version, professional_id, session_id, action, changes)
    select ${clinicId}, id, 1, ${professionalId}::uuid, ${sessionId}::uuid, ${action}, changes
    from given
  )`;

/** Adds appointments, each with its first version. */
export const insertAppointments = (
  tx: Transaction,
  author: Writer,
  rows: readonly Written[],
  { action }: Note,
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`with ${adding(author, rows, action, null)} select ${rowColumns} from added a ${joinClient}`,
  );

/** Adds appointments of an import, each with its first version. */
export const insertAppointmentsOfImport = (
  tx: Transaction,
  author: Writer,
  importId: string,
  rows: readonly Written[],
): Promise<unknown> => tx.run(sql`with ${adding(author, rows, 'import', importId)} select from added limit 0`);

/** Writes the next version of appointments that are locked. All times change at once, so that none is in another one's way. */
export const updateAppointments = (
  tx: Transaction,
  author: Writer,
  rows: readonly Written[],
  { action, mergeId }: Note,
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`
      with given as (select * from ${given(rows)}), changed as (
        update appointments a set
          client_id = g.client_id, professional_id = g.professional_id, room_id = g.room_id, visit_type = g.visit_type,
          title = g.title, start_at = g.start_at, end_at = g.end_at, local_start = g.start_at at time zone g.time_zone,
          time_zone = g.time_zone, location = g.location, notes = g.notes, status = g.status,
          cancel_reason = g.cancel_reason, cancel_asked_by = g.cancel_asked_by, client_answer = g.client_answer,
          overlap_reason = g.overlap_reason, owes_makeup = g.owes_makeup, makeup_of = g.makeup_of,
          series_id = g.series_id, original_start = g.original_start, package_id = g.package_id,
          deleted_at = g.deleted_at, version = a.version + 1, updated_at = now()
        from given g
        where a.clinic_id = ${author.clinicId} and a.id = g.id
        returning a.*
      ), noted as (
        insert into appointment_versions (
          clinic_id, appointment_id, version, professional_id, session_id, action, changes, merge_id
        )
        select ${author.clinicId}, a.id, a.version, ${author.professionalId}::uuid, ${author.sessionId}::uuid, ${action},
          g.changes, ${mergeId ?? null}::uuid
        from changed a join given g on g.id = a.id
      )
      select ${rowColumns} from changed a ${joinClient}`,
  );
