import type { ClientOrder } from '../../../shared/contracts/clients.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { ListRequest } from './list-request.ts';

/** Conditions of a list on the clients of an import. */
const isListed = ({ query, near, conditions }: ListRequest, importId: string) => {
  const { professionalId, owners, clients = [], status } = conditions;
  return sql<boolean>`clinic_id = app.current_clinic()
    and id in (select app.search_import(${query}, ${near}, ${JSON.stringify(conditions)}::jsonb, ${importId}))
    and (archived_at is null) = ${status === 'active'}
    and professional_id = coalesce(${professionalId ?? null}::uuid, professional_id)
    and (${owners ?? null}::uuid[] is null or professional_id = any (${owners ?? []}::uuid[]) or id = any (${clients}::uuid[]))`;
};

/** What an order compares: names with `match`, too. */
type Compared = 'name' | 'createdAt' | 'updatedAt';

/** What an order compares, and whether it goes down. */
const readOrder = (sort: ClientOrder): { readonly by: Compared; readonly isDown: boolean } =>
  sort.startsWith('-')
    ? { by: sort.slice(1) as Compared, isDown: true }
    : { by: sort === 'match' ? 'name' : (sort as Compared), isDown: false };

const compared: Readonly<Record<Compared, Sql>> = {
  name: sql`row (full_name, id)`,
  createdAt: sql`row (id)`,
  updatedAt: sql`row (updated_at, id)`,
};

function isAfter({ after, conditions: { sort } }: ListRequest): Sql {
  if (after === undefined) return sql`true`;
  const { key, id } = after;
  const { by, isDown } = readOrder(sort);
  const last = {
    name: sql`row (${key} collate "pt-BR-x-icu", ${id}::uuid)`,
    createdAt: sql`row (${id}::uuid)`,
    updatedAt: sql`row (timestamptz 'epoch' + ${key}::bigint * interval '1 microsecond', ${id}::uuid)`,
  }[by];
  return isDown ? sql`${compared[by]} < ${last}` : sql`${compared[by]} > ${last}`;
}

/** The clients of an import that a list shows, as `id` and `ordinality`. */
export const findClientsOfImport = (request: ListRequest, importId: string, limit: number): Sql => {
  const { by, isDown } = readOrder(request.conditions.sort);
  const order = isDown ? sql`${compared[by]} desc` : compared[by];
  return sql`(
    select id, row_number() over (order by ${order}) as ordinality from clients
    where ${isListed(request, importId)} and ${isAfter(request)} order by ${order} limit ${limit}
  )`;
};

/** The number of clients of an import that a list shows, at most `atMost`. */
export const countClientsOfImport = (request: ListRequest, importId: string, atMost: number): Sql =>
  sql`(select count(*)::integer from (select from clients where ${isListed(request, importId)} limit ${atMost}) as listed)`;
