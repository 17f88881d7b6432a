import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface PackageRow {
  readonly id: string;
  readonly version: number;
  readonly client_id: string;
  readonly client_name: string;
  readonly name: string | null;
  readonly total: number;
  readonly used: number;
  readonly booked: number;
  readonly counts_late_cancel: boolean;
  readonly counts_no_show: boolean;
  readonly late_hours: number;
  readonly closed_at: Date | null;
  readonly created_at: Date;
}

/** Packages `p` with how many of their sessions are used and booked. */
const withCounts = sql`
  select p.id, p.version, p.client_id, c.full_name as client_name, p.name, p.total, p.counts_late_cancel, p.counts_no_show, p.late_hours, p.closed_at,
    p.created_at,
    coalesce(sessions.used, 0) as used, coalesce(sessions.booked, 0) as booked
  from p join clients c on c.clinic_id = p.clinic_id and c.id = p.client_id left join lateral (
    select count(*) filter (where use = 'used')::int as used, count(*) filter (where use = 'to come')::int as booked
    from appointments a, app.uses_session(
      a.status, a.cancel_asked_by, a.freed_at, a.start_at, p.counts_late_cancel, p.counts_no_show, p.late_hours
    ) as use
    where a.clinic_id = p.clinic_id and a.package_id = p.id and a.deleted_at is null
  ) as sessions on true`;

interface PackageFilter {
  readonly clientId?: string | undefined;
  readonly closed?: boolean | undefined;
}

const visible = (scope: Scope, { clientId, closed }: PackageFilter = {}) => sql`
  select p.* from session_packages p
  join clients c on c.clinic_id = p.clinic_id and c.id = p.client_id
  where ${inScope(scope, 'c.professional_id')} and (${clientId ?? null}::uuid is null or p.client_id = ${clientId ?? null})
    and (${closed ?? null}::boolean is null or (p.closed_at is not null) = ${closed ?? null})`;

interface PackagePage extends PackageFilter {
  /** The id of the last row of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** A page of packages, the newest first: their ids are in the order in which they were made. */
export const listPackages = (
  tx: Transaction,
  scope: Scope,
  { after, limit, ...filter }: PackagePage,
): Promise<PackageRow[]> =>
  tx.run(
    sql<PackageRow>`with p as (
        ${visible(scope, filter)} and (${after ?? null}::uuid is null or p.id < ${after ?? null}) order by p.id desc limit ${limit}
      ) ${withCounts} order by p.id desc`,
  );

export async function countPackages(tx: Transaction, scope: Scope, filter: PackageFilter): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`select count(*)::int as count from (${visible(scope, filter)}) as p`,
  );
  return onlyRow(rows).count;
}

export async function findPackage(tx: Transaction, id: string, scope: Scope): Promise<PackageRow | undefined> {
  const rows = await tx.run(sql<PackageRow>`with p as (${visible(scope)} and p.id = ${id}) ${withCounts}`);
  return rows[0];
}

/** The packages of a client and the records merged into it. */
export const selectPackagesOf = (tx: Transaction, clientId: string): Promise<PackageRow[]> =>
  tx.run(
    sql<PackageRow>`with p as (
        select * from session_packages where client_id in (select app.records_of(${clientId}))
      ) ${withCounts} order by p.id`,
  );

/** Locks a package until the transaction ends, so that its sessions are counted one booking at a time. */
export const lockPackage = (tx: Transaction, clinicId: string, id: string): Promise<unknown> =>
  tx.run(
    qb.selectFrom('session_packages').select('id').where('clinic_id', '=', clinicId).where('id', '=', id).forUpdate(),
  );

/** A package of a clinic, in a system transaction, too. */
export async function findPackageOfClinic(
  tx: Transaction,
  clinicId: string,
  id: string,
): Promise<PackageRow | undefined> {
  const rows = await tx.run(
    sql<PackageRow>`with p as (
        select * from session_packages where clinic_id = ${clinicId} and id = ${id}
      ) ${withCounts}`,
  );
  return rows[0];
}

/** Whether an appointment, as it is, would take a place in a package by the rules of that package. */
export async function wouldUseSession(
  tx: Transaction,
  { clinicId, packageId, appointmentId }: { clinicId: string; packageId: string; appointmentId: string },
): Promise<boolean> {
  const rows = await tx.run(
    sql<{ uses: boolean }>`
      select app.uses_session(
        a.status, a.cancel_asked_by, a.freed_at, a.start_at, p.counts_late_cancel, p.counts_no_show, p.late_hours
      ) is not null as uses
      from appointments a join session_packages p on p.clinic_id = a.clinic_id and p.id = ${packageId}
      where a.clinic_id = ${clinicId} and a.id = ${appointmentId}`,
  );
  return onlyRow(rows).uses;
}

interface PackageRules {
  readonly name: string | null;
  readonly total: number;
  readonly counts_late_cancel: boolean;
  readonly counts_no_show: boolean;
  readonly late_hours: number;
  readonly closed_at: Date | null;
}

interface NewPackage extends Omit<PackageRules, 'closed_at'> {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly by: string;
}

export const insertPackage = (
  tx: Transaction,
  { id, clinicId, clientId, by, ...values }: NewPackage,
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('session_packages')
      .values({ ...values, id, clinic_id: clinicId, client_id: clientId, created_by: by }),
  );

export const updatePackage = (tx: Transaction, id: string, values: Partial<PackageRules>): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('session_packages')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id),
  );
