import type { SqlBool } from 'kysely';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export type Condition = Sql<SqlBool>;

/** Which rows of a search: those that fulfil all conditions, after the id of the page before. */
export interface Wanted {
  readonly conditions: readonly Condition[];
  readonly after: string | undefined;
  readonly limit: number;
}

export interface PatientRow {
  readonly id: string;
  readonly version: number;
  readonly updated_at: Date;
  readonly archived_at: Date | null;
  readonly professional_id: string;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly social_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly secondary_phone: string | null;
  readonly document: string | null;
  readonly rg: string | null;
  /** `YYYY-MM-DD` */
  readonly date_of_birth: string | null;
  readonly sex: string | null;
  readonly marital_status: string | null;
  readonly postal_code: string | null;
  readonly street: string | null;
  readonly street_number: string | null;
  readonly complement: string | null;
  readonly neighborhood: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly guardian_name: string | null;
  readonly guardian_phone: string | null;
  readonly insurance_number: string | null;
  readonly replaced_by: string | null;
}

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;

/** In the order of ids, which is that of creation. */
const page = (alias: string, { conditions, after, limit }: Wanted) =>
  sql`${all(conditions)} and (${after ?? null}::uuid is null or ${sql.ref(`${alias}.id`)} > ${after ?? null}::uuid)
    order by ${sql.ref(`${alias}.id`)} limit ${limit}`;

/** Clients within the scope, as `x`. */
export const listPatients = (tx: Transaction, clinicId: string, scope: Scope, wanted: Wanted): Promise<PatientRow[]> =>
  tx.run(
    sql<PatientRow>`
      select x.id, x.version, x.updated_at, x.archived_at, x.professional_id, x.first_name, x.last_name, x.social_name,
        x.email, x.phone, x.secondary_phone, x.document, x.rg, x.date_of_birth::text as date_of_birth, x.sex,
        x.marital_status, x.postal_code, x.street, x.street_number, x.complement, x.neighborhood, x.city, x.state,
        x.guardian_name, x.guardian_phone, x.insurance_number,
        (select w.id from clients w where w.clinic_id = x.clinic_id and w.id = x.merged_into
          and ${inScope(scope, 'w.professional_id')}) as replaced_by
      from clients x where x.clinic_id = ${clinicId} and ${inScope(scope, 'x.professional_id')}
        and ${page('x', wanted)}`,
  );

export interface PractitionerRow {
  readonly id: string;
  readonly version: number;
  readonly updated_at: Date;
  readonly deactivated_at: Date | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly email: string;
  readonly council_kind: string | null;
  readonly council_number: string | null;
  readonly council_state: string | null;
  readonly specialty: string | null;
}

/** The people of the clinic, as `x`, without the host's. */
export const listPractitioners = (tx: Transaction, clinicId: string, wanted: Wanted): Promise<PractitionerRow[]> =>
  tx.run(
    sql<PractitionerRow>`
      select x.id, x.version, x.updated_at, x.deactivated_at, x.first_name, x.last_name,
        coalesce(x.invited_email, x.email) as email, x.council_kind, x.council_number, x.council_state, x.specialty
      from professionals x where x.clinic_id = ${clinicId} and not x.is_superuser
        and ${page('x', wanted)}`,
  );

export interface AppointmentRow {
  readonly id: string;
  readonly version: number;
  readonly updated_at: Date;
  readonly created_at: Date;
  readonly status: string;
  readonly cancel_asked_by: string | null;
  readonly title: string | null;
  readonly visit_type_name: string | null;
  readonly start_at: Date;
  readonly end_at: Date;
  /** Wall time of the clinic, `YYYY-MM-DDTHH:MM:SS`, and its offset from UTC in seconds. */
  readonly local_start: string;
  readonly local_end: string;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly client_id: string;
  readonly client_name: string;
  readonly professional_id: string;
  readonly first_name: string;
  readonly last_name: string | null;
}

/** By the zone that the appointment was booked in. */
const inZone = (instant: string) => sql`(${sql.ref(instant)} at time zone x.time_zone)`;
const wallTime = (instant: string) => sql`to_char(${inZone(instant)}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
const offset = (instant: string) =>
  sql`extract(epoch from ${inZone(instant)} - (${sql.ref(instant)} at time zone 'UTC'))::int`;

/** Appointments within the scope, as `x`, without those taken back. */
export const listAppointments = (
  tx: Transaction,
  clinicId: string,
  scope: Scope,
  wanted: Wanted,
): Promise<AppointmentRow[]> =>
  tx.run(
    sql<AppointmentRow>`
      select x.id, x.version, x.updated_at, x.created_at, x.status, x.cancel_asked_by, x.title, v.name as visit_type_name,
        x.start_at, x.end_at, ${wallTime('x.start_at')} as local_start, ${wallTime('x.end_at')} as local_end,
        ${offset('x.start_at')} as start_offset, ${offset('x.end_at')} as end_offset,
        x.client_id, c.full_name as client_name, x.professional_id, p.first_name, p.last_name
      from appointments x
      join clients c on c.clinic_id = x.clinic_id and c.id = x.client_id
      join professionals p on p.clinic_id = x.clinic_id and p.id = x.professional_id
      left join visit_types v on v.clinic_id = x.clinic_id and v.key = x.visit_type
      where x.clinic_id = ${clinicId} and x.deleted_at is null and ${inScope(scope, 'x.professional_id')}
        and ${page('x', wanted)}`,
  );

/** Subqueries that have a row if the record exists within the scope. */
export const patientExists = (clinicId: string, id: string, scope: Scope) =>
  qb.selectFrom('clients').select('id').where('clinic_id', '=', clinicId).where('id', '=', id).where(inScope(scope));

export const appointmentExists = (clinicId: string, id: string, scope: Scope) =>
  qb
    .selectFrom('appointments')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where(inScope(scope, 'professional_id', 'client_id'));
