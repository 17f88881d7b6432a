import { sql } from 'kysely';
import { fieldColumns, listedFields } from '../../../shared/client-fields.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { clientColumns } from './queries.ts';

const summaryColumns = [
  'c.id',
  'c.full_name',
  ...listedFields.map((field) => `c.${fieldColumns[field]}` as const),
  'c.created_at',
  'c.updated_at',
  'c.archived_at',
] as const;

/** The filters and order of a list, as the SQL function app.search_clients reads them. */
export interface ClientConditions {
  readonly professionalId?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly tag?: string | undefined;
  readonly birthMonth?: number | undefined;
  /** Only clients whom this import created or changed; asked of the table itself, as search knows no imports. */
  readonly importId?: string | undefined;
  readonly status: 'active' | 'archived';
  readonly sort: 'name' | '-createdAt' | '-updatedAt';
}

export interface ListRequest {
  readonly query: string;
  /** Find names that nearly match. */
  readonly near: boolean;
  readonly conditions: ClientConditions;
  readonly after: { readonly key: string; readonly id: string } | undefined;
  readonly limit: number;
}

const found = (request: ListRequest) =>
  request.conditions.importId === undefined
    ? foundBySearch(request)
    : foundOfImport(request, request.conditions.importId);

const foundBySearch = ({ query, near, conditions, after, limit }: ListRequest) =>
  sql<{ id: string; position: string }>`app.search_clients(
    ${query}, ${near}, ${JSON.stringify(conditions)}::jsonb, ${after?.key ?? null}, ${after?.id ?? null}::uuid, ${limit}
  ) with ordinality`.as<'found'>(sql`found(id, position)`);

/** Conditions of a list on the clients of an import. Nothing nearly matches here. */
const isOfImport = ({ query, near, conditions }: ListRequest, importId: string) => {
  const { professionalId, city, state, tag, birthMonth, status } = conditions;
  const facets = [
    tag !== undefined && sql`'tag:' || ${tag}::text`,
    city !== undefined && sql`'city:' || app.fold(${city})`,
    state !== undefined && sql`'state:' || ${state}::text`,
    birthMonth !== undefined && sql`'month:' || ${birthMonth}::text`,
  ].filter((facet) => facet !== false);
  return sql<boolean>`clinic_id = app.current_clinic() and not ${near}::boolean and id in (
      select c.id from clients c where c.clinic_id = app.current_clinic() and c.import_id = ${importId}
      union
      select v.client_id from client_versions v where v.clinic_id = app.current_clinic() and v.import_id = ${importId}
    ) and (archived_at is null) = ${status === 'active'}
    and professional_id = coalesce(${professionalId ?? null}::uuid, professional_id)
    and search_text like all (app.search_patterns(${query})) and (${query} = '' or app.search_patterns(${query}) <> '{}')
    and facets @> array[${sql.join(facets)}]::text[]`;
};

const foundOfImport = (request: ListRequest, importId: string) => {
  const { conditions, after, limit } = request;
  const order = {
    name: sql`full_name, id`,
    '-createdAt': sql`id desc`,
    '-updatedAt': sql`updated_at desc, id desc`,
  }[conditions.sort];
  const follows =
    after === undefined
      ? sql`true`
      : {
          name: sql`(full_name, id) > (${after.key} collate "pt-BR-x-icu", ${after.id}::uuid)`,
          '-createdAt': sql`id < ${after.id}::uuid`,
          '-updatedAt': sql`(updated_at, id)
            < (timestamptz 'epoch' + ${after.key}::bigint * interval '1 microsecond', ${after.id}::uuid)`,
        }[conditions.sort];
  return sql<{ id: string; position: string }>`(
    select id, row_number() over (order by ${order}) as position from clients
    where ${isOfImport(request, importId)} and ${follows} order by ${order} limit ${limit}
  )`.as<'found'>(sql`found(id, position)`);
};

/** Each client by its key: of a clinic whose clients were just imported, the planner would read them all, taking it for small. */
const selectList = (request: ListRequest) =>
  qb
    .selectFrom(found(request))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('clients')
          .selectAll()
          .where('clients.clinic_id', '=', sql<string>`app.current_clinic()`)
          .where('clients.id', '=', sql<string>`found.id`)
          .limit(1)
          .as('c'),
      (join) => join.onTrue(),
    )
    .orderBy(sql`found.position`);

/** A page of the list, in its order. */
export const listClients = (tx: Transaction, request: ListRequest) =>
  tx.run(
    selectList(request)
      .select(summaryColumns)
      // In microseconds, which a Date does not have: rows written together have the same millisecond.
      .select(sql<string>`(extract(epoch from c.updated_at) * 1000000)::bigint`.as('updated_micros')),
  );

export type ClientSummaryRow = Awaited<ReturnType<typeof listClients>>[number];

/** Sets the clinic for the list's SQL functions, in a transaction without a session. */
export const narrowToClinic = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select set_config('app.clinic_id', ${clinicId}, true)`.compile(qb));

/** A page of the list with all columns, for the export. */
export const listWholeClients = (tx: Transaction, request: ListRequest) =>
  tx.run(selectList(request).select(clientColumns.map((column) => `c.${column}` as const)));

/** @returns the number of matches, at most `atMost` */
export async function countClients(tx: Transaction, request: ListRequest, atMost: number): Promise<number> {
  const { importId } = request.conditions;
  if (importId !== undefined) {
    const counted = await tx.run(
      sql<{ count: number }>`select count(*)::integer as count from (
        select from clients where ${isOfImport(request, importId)} limit ${atMost}
      ) as listed`.compile(qb),
    );
    return counted[0]?.count ?? 0;
  }
  const rows = await tx.run<{ count: number }>(
    sql<{ count: number }>`select app.count_clients(
      ${request.query}, ${request.near}, ${JSON.stringify(request.conditions)}::jsonb, ${atMost}
    ) as count`.compile(qb),
  );
  return rows[0]?.count ?? 0;
}

export interface FilterValueRow {
  readonly kind: 'city' | 'state' | 'tag';
  readonly value: string;
}

/**
 * The cities, states and tags of active clients, each kind ordered by frequency, in one scan of the table. Spellings of a city
 * that the filter treats as equal are merged.
 */
export const countFilterValues = (tx: Transaction, scope: Scope, atMost: number): Promise<FilterValueRow[]> =>
  tx.run<FilterValueRow>(
    sql<FilterValueRow>`
      with counted as materialized (
        select city, state, tags, count(*) as clients
        from clients
        where archived_at is null and ${inScope(scope)}
        group by grouping sets ((city), (state), (tags))
      ), spelt as (
        select 'city' as kind, app.fold(city) as same, city as value, clients from counted where city is not null
        union all select 'state', state, state, clients from counted where state is not null
        union all select 'tag', tag, tag, clients from counted, unnest(tags) as tag
      ), ranked as (
        select kind, (array_agg(value order by clients desc, value))[1] as value,
          row_number() over (partition by kind order by sum(clients) desc, same) as place
        from spelt group by kind, same
      )
      select kind, value from ranked where place <= ${atMost} order by kind, place`.compile(qb),
  );
