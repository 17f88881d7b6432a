import type { Scope } from '../../../shared/permissions.ts';
import { isPending, takesTime } from '../../db/appointment-conditions.ts';
import { callName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AppointmentValues } from './fields.ts';

/** An appointment with what lists show of its client. Times are instants; `local…` are the clinic's wall time. */
export interface AppointmentRow extends AppointmentValues {
  readonly clinic_id: string;
  readonly id: string;
  readonly version: number;
  readonly client_name: string;
  readonly client_first_name: string;
  readonly client_phone: string | null;
  /** To whom the client belongs. */
  readonly client_owner: string;
  readonly client_born: string | null;
  readonly client_tags: string[];
  readonly local_start: string;
  readonly local_end: string;
  readonly pending: boolean;
  /** A makeup is owed and not booked. */
  readonly makeup_open: boolean;
  /** Its place in its package of sessions. */
  readonly session: { readonly packageId: string; readonly number: number; readonly total: number } | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** The columns of an AppointmentRow, of an appointment `a` and its client `c`. */
export const rowColumns = sql<AppointmentRow>`
  a.clinic_id, a.id, a.version, a.client_id, c.full_name as client_name,
  ${callName('c')} as client_first_name, c.phone as client_phone,
  c.professional_id as client_owner, c.date_of_birth as client_born, c.tags as client_tags,
  a.professional_id, a.room_id, a.visit_type, a.title, a.start_at, a.end_at,
  to_char(a.local_start, 'YYYY-MM-DD"T"HH24:MI') as local_start,
  to_char(a.end_at at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI') as local_end,
  a.time_zone, a.location, a.notes, a.status,
  ${isPending('a')} as pending,
  a.cancel_reason, a.cancel_asked_by, a.client_answer, a.overlap_reason, a.owes_makeup,
  a.owes_makeup and not exists (
    select from appointments m where m.clinic_id = a.clinic_id and m.makeup_of = a.id and ${takesTime('m')}
  ) as makeup_open,
  a.makeup_of, a.series_id, a.original_start, a.package_id,
  case when a.package_id is not null then app.session_of(
    a.clinic_id, a.package_id, a.id, a.start_at, a.status, a.cancel_asked_by, a.freed_at
  ) end as session,
  a.deleted_at, a.created_at, a.updated_at`;

/** The client of an appointment `a`. */
export const joinClient = sql`join clients c on c.clinic_id = a.clinic_id and c.id = a.client_id`;

const select = (condition: Sql) =>
  sql<AppointmentRow>`select ${rowColumns} from appointments a ${joinClient} where ${condition}`;

/** Appointments by their ids, within the scope; those taken back too. */
export const selectAppointments = (
  tx: Transaction,
  clinicId: string,
  ids: readonly string[],
  scope: Scope,
): Promise<AppointmentRow[]> =>
  tx.run(
    select(
      sql`a.clinic_id = ${clinicId} and a.id = any (${ids}::uuid[]) and ${inScope(scope, 'a.professional_id', 'a.client_id')}`,
    ),
  );

/** Locks appointments until the transaction ends. @returns the version of each */
export const lockAppointments = (
  tx: Transaction,
  clinicId: string,
  ids: readonly string[],
): Promise<{ id: string; version: number }[]> =>
  tx.run(
    sql<{ id: string; version: number }>`
      select id, version from appointments where clinic_id = ${clinicId} and id = any (${ids}::uuid[])
      order by id for no key update`,
  );

/** The appointments of a series by the start that the series gave them. */
export const selectAppointmentsOfSeries = (
  tx: Transaction,
  clinicId: string,
  seriesId: string,
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`
      select ${rowColumns} from appointments a ${joinClient}
      where a.clinic_id = ${clinicId} and a.series_id = ${seriesId} and a.deleted_at is null
      order by a.original_start, a.id`,
  );

/** The appointments of a professional that still have to take place, from an instant on and before another. */
export const selectComing = (
  tx: Transaction,
  { clinicId, professionalId, from, to }: { clinicId: string; professionalId: string; from: Date; to: Date | null },
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`
      select ${rowColumns} from appointments a ${joinClient}
      where a.clinic_id = ${clinicId} and a.professional_id = ${professionalId} and a.deleted_at is null
        and a.start_at >= ${from} and a.start_at < coalesce(${to}, 'infinity'::timestamptz)
        and a.status in ('scheduled', 'confirmed', 'arrived')
      order by a.start_at, a.id`,
  );

/** A subquery that has a row if the appointment exists within the scope, also one that was taken back. */
export const appointmentExists = (clinicId: string, id: string, scope: Scope) =>
  qb
    .selectFrom('appointments')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where(inScope(scope, 'professional_id', 'client_id'));
