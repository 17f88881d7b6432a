import type { ClientOrder } from '../../../shared/contracts/clients.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { countClientsOfImport, findClientsOfImport } from './import-list-queries.ts';
import { summaryJson } from './json-queries.ts';
import type { ListRequest } from './list-request.ts';
import { clientColumnsOfC, type ClientRow } from './queries.ts';

const conditionsJson = ({ conditions }: ListRequest) => sql`${JSON.stringify(conditions)}::jsonb`;
const cursorOf = ({ after }: ListRequest) => sql`${after?.key ?? null}, ${after?.id ?? null}::uuid`;

/** The orders in which app.list_clients lists. */
const walkedOrders: readonly ClientOrder[] = ['name', '-createdAt', '-updatedAt'];

/** Whether nothing but its owner and status narrows a list in such an order. Then its rows come from one walk of an index. */
const isWhole = ({
  query,
  near,
  conditions: { owners, city, state, tag, birthMonth, importId, sort },
}: ListRequest): boolean =>
  query === '' &&
  !near &&
  walkedOrders.includes(sort) &&
  [owners, city, state, tag, birthMonth, importId].every((value) => value === undefined);

/** The ids of a page, as `id` and `ordinality`. */
const findIds = (request: ListRequest, limit: number): Sql => {
  const { query, near, conditions } = request;
  return conditions.importId === undefined
    ? sql`app.search_clients(${query}, ${near}, ${conditionsJson(request)}, ${cursorOf(request)}, ${limit}) with ordinality`
    : findClientsOfImport(request, conditions.importId, limit);
};

const countMatches = (request: ListRequest, atMost: number): Sql => {
  const { query, near, conditions } = request;
  return conditions.importId === undefined
    ? sql`app.count_clients(${query}, ${near}, ${conditionsJson(request)}, ${atMost})`
    : countClientsOfImport(request, conditions.importId, atMost);
};

/**
 * The clients of a page as `c`, and each one's `ordinality`. Those that were searched for are read by their keys one by one: of a
 * clinic whose clients were just imported, the planner would read them all, taking it for small. The clinic is a subquery for
 * the same reason: the planner does not look at its value.
 */
const pageOf = (request: ListRequest, limit: number): Sql =>
  isWhole(request)
    ? sql`app.list_clients(${conditionsJson(request)}, ${cursorOf(request)}, ${limit}) with ordinality as c`
    : sql`${findIds(request, limit)} as found (id, ordinality)
      cross join lateral (
        select * from clients where clients.clinic_id = (select app.current_clinic()) and clients.id = found.id limit 1
      ) as c`;

export interface Page {
  /** The clients as JSON, separated by commas; null when there are none. */
  readonly items: string | null;
  /** The number of clients found: one more than the page has when others follow. */
  readonly found: number;
  /** Of the last client of a full page: its sort key (`keyOf`), and its id. */
  readonly key: string | null;
  readonly id: string | null;
  /** The number of matches, at most as many as were to be counted. */
  readonly total: number | null;
}

/** What a client `c` is sorted by, as a cursor holds it. */
function keyOf({ query, near, conditions: { sort } }: ListRequest): Sql<string> {
  if (sort === 'name' || sort === '-name') return sql`c.full_name`;
  if (sort === 'match') return sql`app.rank_client(${query}, ${near}, c.full_name, c.search_text) || c.full_name`;
  // In microseconds, which a Date does not have: rows written together have the same millisecond.
  return sql`(extract(epoch from c.updated_at) * 1000000)::bigint::text`;
}

/** A page of the list in its order, and with `countUpTo` the number of all matches. */
export async function readClientPage(
  tx: Transaction,
  request: ListRequest,
  countUpTo: number | undefined,
): Promise<Page> {
  const { limit } = request;
  const key = keyOf(request);
  const total = countUpTo === undefined ? sql`null::integer` : countMatches(request, countUpTo);
  const rows = await tx.run<Page>(
    sql<Page>`
      select
        string_agg(p.item, ',' order by p.position) filter (where p.position <= ${limit}) as items,
        count(*)::integer as found,
        max(p.key) filter (where p.position = ${limit}) as key,
        max(p.id) filter (where p.position = ${limit}) as id,
        ${total} as total
      from (
        select ordinality as position, ${summaryJson}::text as item, case when ordinality = ${limit} then ${key} end as key,
          c.id::text as id
        from ${pageOf(request, limit + 1)}
      ) as p`,
  );
  return onlyRow(rows);
}

/** Sets the clinic for the list's SQL functions, in a transaction without a session. */
export const narrowToClinic = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select set_config('app.clinic_id', ${clinicId}, true)`);

/** A client with all columns, and the e-mail address of whom they belong to. */
export interface ExportedRow extends ClientRow {
  readonly owner_email: string;
}

const exportedColumns = sql`${clientColumnsOfC},
  (select coalesce(p.invited_email, p.email) from professionals p
    where p.clinic_id = c.clinic_id and p.id = c.professional_id) as owner_email`;

/** A page of the list, for the export. */
export const listWholeClients = (tx: Transaction, request: ListRequest) =>
  tx.run<ExportedRow>(
    sql<ExportedRow>`select ${exportedColumns} from ${pageOf(request, request.limit)} order by ordinality`,
  );

/** The number of clients that an export has, at most `atMost`. */
export async function countListed(tx: Transaction, request: ListRequest, atMost: number): Promise<number> {
  const rows = await tx.run(sql<{ count: number }>`select ${countMatches(request, atMost)} as count`);
  return onlyRow(rows).count;
}

/** The clients among `ids` that the scope reaches, by name, for the export. */
export const listNamedClients = (tx: Transaction, ids: readonly string[], scope: Scope): Promise<ExportedRow[]> =>
  tx.run<ExportedRow>(
    sql<ExportedRow>`select ${exportedColumns} from clients c
      where c.clinic_id = app.current_clinic() and c.id = any (${ids}::uuid[]) and ${inScope(scope)}
      order by c.full_name, c.id`,
  );

export interface FilterValueRow {
  readonly kind: 'city' | 'state' | 'tag';
  readonly value: string;
}

/**
 * The cities, states and tags of active clients, each kind ordered by frequency, from the kept counts. Spellings of a city that
 * the filter treats as equal are merged.
 */
export const countFilterValues = (tx: Transaction, scope: Scope, atMost: number): Promise<FilterValueRow[]> =>
  tx.run<FilterValueRow>(
    sql<FilterValueRow>`
      with kept as (
        select facet, sum(clients) as clients from (
          select facet, clients from client_counts where not archived and ${inScope(scope, 'professional_id', null)}
          union all
          select facet, change from client_count_changes where not archived and ${inScope(scope, 'professional_id', null)}
        ) as counted
        group by facet having sum(clients) > 0
      ), spelt as (
        select 'city' as kind, app.fold(value) as same, value, clients
          from kept, substr(facet, length('written:') + 1) as value where facet like 'written:%'
        union all
        select kind, value, value, clients
          from kept, split_part(facet, ':', 1) as kind, substr(facet, length(kind) + 2) as value where kind in ('state', 'tag')
      ), ranked as (
        select kind, (array_agg(value order by clients desc, value))[1] as value,
          row_number() over (partition by kind order by sum(clients) desc, same) as place
        from spelt group by kind, same
      )
      select kind, value from ranked where place <= ${atMost} order by kind, place`,
  );
