import type { Scope } from '../../../shared/permissions.ts';
import { nameOf, personName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface EmergencyRow {
  readonly id: string;
  readonly client_id: string;
  readonly client_name: string | null;
  readonly professional_id: string;
  readonly professional_name: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly reason: string;
  readonly opened_at: Date;
  readonly expires_at: Date;
  readonly reviewed_at: Date | null;
  readonly reviewed_by: string | null;
  readonly reviewed_by_name: string | null;
  readonly opened_micros: string;
}

/** Accesses as `e`, with the names of those clients whom the scope reaches. */
const selectAccesses = (clients: Scope) => sql`
  select e.id, e.client_id, case when ${inScope(clients, 'c.professional_id')} then c.full_name end as client_name,
    e.professional_id, ${nameOf('e', 'professional_id')} as professional_name, e.owner_id, ${nameOf('e', 'owner_id')} as owner_name,
    e.reason, e.opened_at, e.expires_at, e.reviewed_at, e.reviewed_by, ${nameOf('e', 'reviewed_by')} as reviewed_by_name,
    (extract(epoch from e.opened_at) * 1000000)::bigint::text as opened_micros
  from emergency_accesses e join clients c on c.clinic_id = e.clinic_id and c.id = e.client_id`;

/** Which accesses somebody sees: their own and those to their clients, or all of the clinic. */
const isSeen = (scope: Scope) =>
  scope.whole ? sql`true` : sql`${scope.professionalId}::uuid in (e.professional_id, e.owner_id)`;

interface AccessFilters {
  readonly scope: Scope;
  readonly state: 'open' | 'reviewed' | undefined;
}

const conditions = ({ scope, state }: AccessFilters) => sql`
  e.clinic_id = app.current_clinic() and ${isSeen(scope)}
    and ${state === undefined ? sql`true` : sql`(e.reviewed_at is null) = ${state === 'open'}`}`;

interface AccessPage {
  readonly clients: Scope;
  /** The last access of the page before: microseconds since 1970, and its id. */
  readonly after: { readonly micros: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** A page of accesses, the newest first. */
export const listAccesses = (
  tx: Transaction,
  filters: AccessFilters,
  { clients, after, limit }: AccessPage,
): Promise<EmergencyRow[]> =>
  tx.run(
    sql<EmergencyRow>`${selectAccesses(clients)}
      where ${conditions(filters)} and ${
        after === undefined
          ? sql`true`
          : sql`(e.opened_at, e.id) < (timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`
      }
      order by e.opened_at desc, e.id desc limit ${limit}`,
  );

export async function countAccesses(tx: Transaction, filters: AccessFilters, atMost: number): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`
      select count(*)::integer as count
      from (select from emergency_accesses e where ${conditions(filters)} limit ${atMost}) as counted`,
  );
  return onlyRow(rows).count;
}

export async function findAccess(
  tx: Transaction,
  id: string,
  scope: Scope,
  clients: Scope,
): Promise<EmergencyRow | undefined> {
  const rows = await tx.run(
    sql<EmergencyRow>`${selectAccesses(clients)} where ${conditions({ scope, state: undefined })} and e.id = ${id}`,
  );
  return rows[0];
}

/** How often somebody has looked for clients of colleagues within the last hour. */
export async function countLookUps(tx: Transaction, professionalId: string): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`
      select count(distinct request_id)::integer as count from audit_events
      where clinic_id = app.current_clinic() and actor_id = ${professionalId} and action = 'emergency_looked_up'
        and at > now() - interval '1 hour'`,
  );
  return onlyRow(rows).count;
}

/** How often somebody has opened clients of colleagues within the last day. */
export async function countOpened(tx: Transaction, professionalId: string): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`
      select count(*)::integer as count from emergency_accesses
      where clinic_id = app.current_clinic() and professional_id = ${professionalId}
        and opened_at > now() - interval '1 day'`,
  );
  return onlyRow(rows).count;
}

export interface FoundRow {
  readonly id: string;
  readonly name: string;
  readonly birth_year: number | null;
  readonly owner_id: string;
  readonly owner_name: string;
}

/** The most clients that one number shows: a family that shares a phone. */
const mostFound = 6;

/** Active clients who have exactly this document or phone. */
export const findByNumber = (
  tx: Transaction,
  { document, phone }: { readonly document: string | null; readonly phone: string | null },
): Promise<FoundRow[]> =>
  tx.run(
    sql<FoundRow>`
      select c.id, ${personName('c')} as name,
        extract(year from c.date_of_birth)::integer as birth_year, c.professional_id as owner_id,
        ${personName('p')} as owner_name
      from clients c join professionals p on p.clinic_id = c.clinic_id and p.id = c.professional_id
      where c.clinic_id = app.current_clinic() and c.archived_at is null
        and ${document === null ? sql`c.phone = ${phone}` : sql`c.document = ${document}`}
      order by c.full_name, c.id limit ${mostFound}`,
  );

/** Whose an active client is. */
export async function findOwner(tx: Transaction, clientId: string): Promise<string | undefined> {
  const rows = await tx.run(
    qb.selectFrom('clients').select('professional_id').where('id', '=', clientId).where('archived_at', 'is', null),
  );
  return rows[0]?.professional_id;
}

interface NewAccess {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly professionalId: string;
  readonly ownerId: string;
  readonly reason: string;
  readonly hours: number;
}

export const insertAccess = (tx: Transaction, access: NewAccess): Promise<unknown> =>
  tx.run(
    qb.insertInto('emergency_accesses').values({
      id: access.id,
      clinic_id: access.clinicId,
      client_id: access.clientId,
      professional_id: access.professionalId,
      owner_id: access.ownerId,
      reason: access.reason,
      expires_at: sql`now() + make_interval(hours => ${access.hours})`,
    }),
  );

/** Marks an access as reviewed. @returns whether it was not before */
export async function markReviewed(tx: Transaction, id: string, by: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('emergency_accesses')
      .set({ reviewed_at: sql`now()`, reviewed_by: by })
      .where('id', '=', id)
      .where('reviewed_at', 'is', null)
      .returning('id'),
  );
  return rows.length > 0;
}

/** Ends those of all clinics that are still open. */
export const endEveryAccess = (tx: Transaction): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('emergency_accesses')
      .set({ expires_at: sql`now()` })
      .where('expires_at', '>', sql<Date>`now()`),
  );

/** Empties the reasons for which the clients were opened. */
export const forgetReasons = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('emergency_accesses')
      .set({ reason: '' })
      .where('clinic_id', '=', clinicId)
      .where('client_id', '=', sql<string>`any (${clientIds}::uuid[])`),
  );

/** What the owner is mailed; undefined when they have no access any more, or no address that is theirs. */
export async function findNotice(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('emergency_accesses as e')
      .innerJoin('professionals as o', (join) =>
        join.onRef('o.clinic_id', '=', 'e.clinic_id').onRef('o.id', '=', 'e.owner_id'),
      )
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'e.clinic_id').onRef('p.id', '=', 'e.professional_id'),
      )
      .innerJoin('clinics as c', 'c.id', 'e.clinic_id')
      .select(['o.email', 'o.first_name', 'o.settings', 'e.opened_at', 'e.expires_at'])
      .select(['c.name as clinic', 'c.time_zone'])
      .select(personName('p').as('professional'))
      .where('e.id', '=', id)
      .where('o.deactivated_at', 'is', null)
      .where('o.invited_email', 'is', null),
  );
  return rows[0];
}
