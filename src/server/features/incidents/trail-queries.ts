import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Whose doings within which time. What is null narrows nothing. */
export interface Suspect {
  readonly accountId: string | null;
  /** A session of the device. */
  readonly deviceId: string | null;
  readonly address: string | null;
  readonly from: Date;
  readonly to: Date;
}

/** Other sessions of the same person on the same device. */
const sessionsOf = (id: string) => sql`
  select ${id}::uuid union
  select o.id from device_sessions d
  join device_sessions o on o.clinic_id = d.clinic_id and o.professional_id = d.professional_id and o.device_key = d.device_key
  where d.clinic_id = app.current_clinic() and d.id = ${id}`;

/** The conditions are told apart in the statement's text, so that each set of them has its own plan and index. */
const doings = ({ accountId, deviceId, address, from, to }: Suspect) => sql`
  e.clinic_id = (select app.current_clinic()) and e.at >= ${from} and e.at < ${to}
  ${accountId === null ? sql`` : sql`and e.actor_id = ${accountId}`}
  ${deviceId === null ? sql`` : sql`and e.session_id in (${sessionsOf(deviceId)})`}
  ${address === null ? sql`` : sql`and e.address = ${address}::inet`}`;

type ClientTables = Readonly<Record<string, keyof DB>>;

/** The client whom an event is about, null for one about none or many. */
const clientOf = (tables: ClientTables) => {
  const others = Object.entries(tables).map(
    ([type, table]) =>
      sql`when ${type} then (select r.client_id from ${sql.table(table)} r where r.clinic_id = e.clinic_id and r.id = e.record_id)`,
  );
  return sql`case e.record_type when 'client' then e.record_id ${sql.join(others, sql` `)} end`;
};

/** What was only asked for is no exposure. */
const happened = sql`e.action <> 'access_denied'`;

export interface TouchedClient {
  readonly id: string;
  readonly name: string;
  /** Action and capacity, separated by a space. */
  readonly acts: readonly string[];
  readonly first_at: Date;
  readonly last_at: Date;
  readonly total: number;
}

/** The clients whose records were opened or changed one by one, by name. */
export const listTouchedClients = (
  tx: Transaction,
  suspect: Suspect,
  tables: ClientTables,
  limit: number,
): Promise<TouchedClient[]> =>
  tx.run(
    sql<TouchedClient>`
      select c.id, c.full_name as name, t.acts, t.first_at, t.last_at, (count(*) over ())::int as total
      from (
        select d.client_id, array_agg(distinct d.action || ' ' || coalesce(d.capacity, '')) as acts, min(d.at) as first_at,
          max(d.at) as last_at
        from (
          select ${clientOf(tables)} as client_id, e.action, e.details ->> 'as' as capacity, e.at
          from audit_events e where ${doings(suspect)} and ${happened} and e.record_id is not null
        ) as d
        where d.client_id is not null group by d.client_id
      ) as t
      join clients c on c.clinic_id = app.current_clinic() and c.id = t.client_id
      order by c.full_name collate "pt-BR-x-icu", c.id limit ${limit}`,
  );

export interface MassEventRow {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly capacity: string | null;
  readonly clients: number | null;
  readonly scope: string | null;
}

/** What had many clients at once: those of `actions` that are about no single one. */
export const listMassEvents = (
  tx: Transaction,
  suspect: Suspect,
  { actions, tables }: { readonly actions: readonly string[]; readonly tables: ClientTables },
  limit: number,
): Promise<MassEventRow[]> =>
  tx.run(
    sql<MassEventRow>`
      select e.id, e.at, e.action, e.details ->> 'as' as capacity, (e.details ->> 'clients')::int as clients,
        e.details ->> 'scope' as scope
      from audit_events e
      where ${doings(suspect)} and e.action = any (${actions}::text[])
        and (e.record_type is null or e.record_type <> all (${['client', ...Object.keys(tables)]}::text[]))
      order by e.at desc, e.id desc limit ${limit}`,
  );

/** How many clients those who were at work can have seen in lists; null when nobody was who sees any. */
export async function countListedClients(tx: Transaction, suspect: Suspect): Promise<number | null> {
  const rows = await tx.run(
    sql<{ clients: number | null }>`
      with people as materialized (
        select e.actor_id, bool_or(
          coalesce(e.details ->> 'as', '') not in ('professional', 'owner', 'covering', 'emergency')
        ) as whole
        from audit_events e
        where ${doings(suspect)} and e.actor_id is not null and e.session_id is not null
          and coalesce(e.details ->> 'as', '') not in ('', 'auditor')
        group by e.actor_id
      )
      select case when exists (select from people) then (
        select count(*)::int from clients c
        where c.clinic_id = app.current_clinic() and c.created_at < ${suspect.to} and c.merged_into is null
          and (
            exists (select from people where whole)
            or c.professional_id = any (array(select actor_id from people))
          )
      ) end as clients`,
  );
  return onlyRow(rows).clients;
}
