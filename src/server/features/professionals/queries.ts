import type { Role } from '../../../shared/contracts/auth.ts';
import { personName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import { profileColumns, type profileValues } from '../auth/api.ts';

/**
 * Whether somebody was invited and has never signed in. The trail knows both; it is append-only and kept for good, so that no
 * sign-in has to write to the person as well.
 */
const isInvited = sql<boolean>`(
  exists (
    select from audit_events e where e.clinic_id = professionals.clinic_id and e.record_id = professionals.id
      and e.action = 'professional_invited'
  ) and not exists (
    select from audit_events e where e.clinic_id = professionals.clinic_id and e.actor_id = professionals.id
      and e.action = 'signed_in'
  )
)`;

const columns = [
  'id',
  'version',
  sql<string>`coalesce(invited_email, email)`.as('email'),
  'first_name',
  'last_name',
  'role',
  'clinical_denied',
  ...profileColumns,
  'deactivated_at',
  'deactivation_reason',
  isInvited.as('invited'),
] as const;

/** Leaves out the host's superusers, who are not colleagues. */
const selectColleagues = () => qb.selectFrom('professionals').select(columns).where('is_superuser', '=', false);

export type ColleagueRow = Awaited<ReturnType<ReturnType<typeof selectColleagues>['executeTakeFirstOrThrow']>>;

/** The people of the clinic, ordered by name. */
export const listColleagues = (tx: Transaction): Promise<ColleagueRow[]> =>
  tx.run(
    selectColleagues()
      .orderBy(sql`first_name collate "pt-BR-x-icu"`)
      .orderBy('id'),
  );

export async function findColleague(tx: Transaction, id: string): Promise<ColleagueRow | undefined> {
  return (await tx.run(selectColleagues().where('id', '=', id)))[0];
}

/** Reads and locks all people of the clinic, so that changes of roles and access take turns. */
export const lockColleagues = (tx: Transaction): Promise<ColleagueRow[]> =>
  tx.run(selectColleagues().orderBy('id').forNoKeyUpdate());

interface NewColleague {
  readonly id: string;
  readonly clinicId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly role: Role;
  readonly clinicalDenied: boolean;
  readonly profile: ProfileValues;
}

type ProfileValues = ReturnType<typeof profileValues>;

/**
 * Adds a person. If an account of another clinic has the address, the person is added but cannot sign in with it. The inviter
 * cannot notice the difference, not even by time, because the same statements are sent.
 * @returns undefined when somebody of the clinic has the address
 */
export async function insertColleague(tx: Transaction, person: NewColleague): Promise<ColleagueRow | undefined> {
  const values = {
    id: person.id,
    clinic_id: person.clinicId,
    email: person.email,
    first_name: person.firstName,
    last_name: person.lastName,
    role: person.role,
    clinical_denied: person.clinicalDenied,
    ...person.profile,
  };
  const [added, held] = await Promise.all([
    tx.run(
      qb
        .insertInto('professionals')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .returning(columns),
    ),
    tx.run(insertHeld(person)),
  ]);
  return added[0] ?? held[0];
}

/** Adds a person with a placeholder address, unless somebody of the clinic has the address, such as one just added. */
const insertHeld = ({ id, clinicId, email, firstName, lastName, role, clinicalDenied, profile }: NewColleague) =>
  sql<ColleagueRow>`
    insert into professionals (id, clinic_id, email, invited_email, first_name, last_name, role, clinical_denied,
      ${sql.join(profileColumns.map((column) => sql.ref(column)))})
    select ${id}::uuid, ${clinicId}::uuid, ${`${id}@invited.invalid`}, ${email}, ${firstName}, ${lastName}, ${role},
      ${clinicalDenied}::boolean, ${sql.join(profileColumns.map((column) => sql`${profile[column] ?? null}::text`))}
    where not exists (
      select from professionals where clinic_id = ${clinicId} and not is_superuser
        and lower(coalesce(invited_email, email)) = lower(${email})
    )
    returning id, version, invited_email as email, first_name, last_name, role, clinical_denied,
      ${sql.join(profileColumns.map((column) => sql.ref(column)))}, deactivated_at, deactivation_reason, true as invited`;

interface ColleagueValues extends ProfileValues {
  readonly first_name?: string;
  readonly last_name?: string | null;
  readonly role?: Role;
  readonly clinical_denied?: boolean;
  readonly deactivated_at?: Date | null;
  readonly deactivation_reason?: string | null;
}

export async function updateColleague(tx: Transaction, id: string, values: ColleagueValues): Promise<ColleagueRow> {
  const rows = await tx.run(
    qb
      .updateTable('professionals')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id)
      .returning(columns),
  );
  return onlyRow(rows);
}

interface NewPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly role: Role;
  readonly superuser?: boolean;
}

/** Adds people to a clinic. The order of the returned rows is undefined. */
export const insertPeople = (tx: Transaction, clinicId: string, people: readonly NewPerson[]) =>
  tx.run(
    qb
      .insertInto('professionals')
      .values(
        people.map((person) => ({
          clinic_id: clinicId,
          email: person.email,
          first_name: person.firstName,
          last_name: person.lastName,
          role: person.role,
          is_superuser: person.superuser ?? false,
        })),
      )
      .returning(['id', 'email']),
  );

/** The people of a clinic, superusers left out. */
export const listPeople = (tx: Transaction, clinicId: string) =>
  tx.run(
    qb
      .selectFrom('professionals')
      .select(['id', 'role', 'deactivated_at', sql<string>`coalesce(invited_email, email)`.as('email')])
      .where('clinic_id', '=', clinicId)
      .where('is_superuser', '=', false),
  );

/** One person of the clinic; also finds superusers. */
export async function findPerson(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb.selectFrom('professionals').select(['id', 'role', 'deactivated_at']).where('id', '=', id),
  );
  return rows[0];
}

/** People of any clinic by e-mail address, ignoring case. */
export const listByEmail = (tx: Transaction, emails: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('professionals')
      .select(['id', 'clinic_id', 'email', 'deactivated_at'])
      .where(sql<boolean>`lower(email) = any (array(select lower(given) from unnest(${emails}::text[]) as given))`),
  );

/** Deactivates people of any clinic by e-mail address, given in lower case. @returns those who were active */
export const deactivateByEmail = (tx: Transaction, emails: readonly string[]) =>
  tx.run(
    qb
      .updateTable('professionals')
      .set((eb) => ({ deactivated_at: sql`now()`, updated_at: sql`now()`, version: eb('version', '+', 1) }))
      .where(sql`lower(coalesce(invited_email, email))`, 'in', emails)
      .where('deactivated_at', 'is', null)
      .returning(['id', 'clinic_id']),
  );

/** Those of the addresses, given in lower case, that anybody has, active or not. */
export const listKnownEmails = (tx: Transaction, emails: readonly string[]) =>
  tx.run(
    qb
      .selectFrom('professionals')
      .select(sql<string>`lower(coalesce(invited_email, email))`.as('email'))
      .where(sql`lower(coalesce(invited_email, email))`, 'in', emails),
  );

/** The contents of an invitation and its inviter; undefined when one of them has no access any more. */
export async function findInvitation(tx: Transaction, professionalId: string, invitedBy: string) {
  const rows = await tx.run(
    qb
      .selectFrom('professionals as p')
      .innerJoin('clinics as c', 'c.id', 'p.clinic_id')
      .innerJoin('professionals as i', (join) =>
        join.on('i.id', '=', invitedBy).onRef('i.clinic_id', '=', 'p.clinic_id'),
      )
      .select(['p.first_name', 'c.name as clinic', 'i.role as inviter_role'])
      .select(sql<string>`coalesce(p.invited_email, p.email)`.as('email'))
      .select(sql<boolean>`p.invited_email is not null`.as('is_held'))
      .select(personName('i').as('inviter'))
      .where('p.id', '=', professionalId)
      .where('p.deactivated_at', 'is', null)
      .where('i.deactivated_at', 'is', null),
  );
  return rows[0];
}
