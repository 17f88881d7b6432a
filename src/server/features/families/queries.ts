import type { RelativeKind } from '../../../shared/contracts/relatives.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface RelativeRow {
  readonly id: string;
  readonly kind: RelativeKind;
  readonly created_at: Date;
  readonly client_id: string;
  /** Null for somebody outside the scope, in a copy of data. */
  readonly name: string | null;
  readonly phone: string | null;
  readonly archived_at: Date | null;
}

/** The links of clients `me`, each seen from that side, with the other one as `c`. Records merged into another one are left out. */
const linksOf = (me: ReturnType<typeof sql>) => sql`
  (
    select id, client_id as me, relative_id as other, kind, created_at from client_links
      where clinic_id = app.current_clinic() and client_id in (${me})
    union all
    select id, relative_id, client_id, case kind when 'parent' then 'child' when 'guardian' then 'dependent' else kind end, created_at
      from client_links where clinic_id = app.current_clinic() and relative_id in (${me})
  ) as l
  join clients c on c.clinic_id = app.current_clinic() and c.id = l.other and (c.archived_at is null or c.merged_into is null)`;

const columns = sql`l.id, l.kind, l.created_at, c.id as client_id`;

/** Who is family of a client, within the scope, in the order in which they were linked. */
export const listLinks = (tx: Transaction, clientId: string, scope: Scope, limit: number): Promise<RelativeRow[]> =>
  tx.run(
    sql<RelativeRow>`select ${columns}, c.full_name as name, c.phone, c.archived_at
      from ${linksOf(sql`${clientId}::uuid`)}
      where ${inScope(scope, 'c.professional_id')} order by l.id limit ${limit}`,
  );

/** The first of these clients who has at least so many relatives, also such as the person does not see. */
export async function findFull(tx: Transaction, ids: readonly string[], most: number): Promise<string | undefined> {
  const rows = await tx.run(
    sql<{ id: string }>`select l.me as id from ${linksOf(sql`select unnest(${ids}::uuid[])`)}
      group by l.me having count(*) >= ${most} order by l.me`,
  );
  return rows[0]?.id;
}

/** One of those links. */
export async function findLink(
  tx: Transaction,
  clientId: string,
  linkId: string,
  scope: Scope,
): Promise<RelativeRow | undefined> {
  const rows = await tx.run(
    sql<RelativeRow>`select ${columns}, c.full_name as name, c.phone, c.archived_at
      from ${linksOf(sql`${clientId}::uuid`)}
      where ${inScope(scope, 'c.professional_id')} and l.id = ${linkId}`,
  );
  return rows[0];
}

/** All links of a client and the records merged into it; names only of those within the scope. */
export const listLinksForCopy = (tx: Transaction, clientId: string, scope: Scope): Promise<RelativeRow[]> =>
  tx.run(
    sql<RelativeRow>`select ${columns}, case when ${inScope(scope, 'c.professional_id')} then c.full_name end as name,
        null as phone, c.archived_at
      from ${linksOf(sql`select app.records_of(${clientId})`)} order by l.id`,
  );

interface NewLink {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly relativeId: string;
  /** What the relative is to the client. */
  readonly kind: string;
  readonly by: string;
}

/** Links two clients unless they are linked like this. @returns whether they were not */
export async function insertLink(
  tx: Transaction,
  { id, clinicId, clientId, relativeId, kind, by }: NewLink,
): Promise<boolean> {
  const rows = await tx.run(
    sql<{ id: string }>`
      insert into client_links (id, clinic_id, client_id, relative_id, kind, created_by)
      values (${id}, ${clinicId}, ${clientId}, ${relativeId}, ${kind}, ${by})
      on conflict do nothing returning id`,
  );
  return rows.length > 0;
}

export const deleteLink = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(sql`delete from client_links where clinic_id = app.current_clinic() and id = ${id}`);
