import type { ClientConditions, ListRequest } from './list-request.ts';
import { type Sql, sql } from '../../db/sql.ts';

/** Conditions of a list on the clients of an import. */
const isListed = ({ query, near, conditions }: ListRequest, importId: string) => {
  const { professionalId, owners, clients = [], status } = conditions;
  return sql<boolean>`clinic_id = app.current_clinic()
    and id in (select app.search_import(${query}, ${near}, ${JSON.stringify(conditions)}::jsonb, ${importId}))
    and (archived_at is null) = ${status === 'active'}
    and professional_id = coalesce(${professionalId ?? null}::uuid, professional_id)
    and (${owners ?? null}::uuid[] is null or professional_id = any (${owners ?? []}::uuid[]) or id = any (${clients}::uuid[]))`;
};

const byName = sql`full_name, id`;
const orders: Readonly<Record<ClientConditions['sort'], Sql>> = {
  name: byName,
  match: byName,
  '-createdAt': sql`id desc`,
  '-updatedAt': sql`updated_at desc, id desc`,
};

function isAfter({ after, conditions }: ListRequest): Sql {
  if (after === undefined) return sql`true`;
  const { key, id } = after;
  const isLaterName = sql`(full_name, id) > (${key} collate "pt-BR-x-icu", ${id}::uuid)`;
  return {
    name: isLaterName,
    match: isLaterName,
    '-createdAt': sql`id < ${id}::uuid`,
    '-updatedAt': sql`(updated_at, id) < (timestamptz 'epoch' + ${key}::bigint * interval '1 microsecond', ${id}::uuid)`,
  }[conditions.sort];
}

/** The clients of an import that a list shows, as `id` and `ordinality`. */
export const findClientsOfImport = (request: ListRequest, importId: string, limit: number): Sql => {
  const order = orders[request.conditions.sort];
  return sql`(
    select id, row_number() over (order by ${order}) as ordinality from clients
    where ${isListed(request, importId)} and ${isAfter(request)} order by ${order} limit ${limit}
  )`;
};

/** The number of clients of an import that a list shows, at most `atMost`. */
export const countClientsOfImport = (request: ListRequest, importId: string, atMost: number): Sql =>
  sql`(select count(*)::integer from (select from clients where ${isListed(request, importId)} limit ${atMost}) as listed)`;
