import type { Updateable } from 'kysely';
import type { DataRequestKind } from '../../../shared/contracts/data-requests.ts';
import { personName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Null where nobody has done it. */
const nameOf = (person: 'a' | 'm') => sql<string | null>`nullif(${personName(person)}, '')`;

const selectRequests = () =>
  qb
    .selectFrom('data_requests as r')
    .innerJoin('clients as c', (join) =>
      join.onRef('c.clinic_id', '=', 'r.clinic_id').onRef('c.id', '=', 'r.client_id'),
    )
    .leftJoin('professionals as a', (join) =>
      join.onRef('a.clinic_id', '=', 'r.clinic_id').onRef('a.id', '=', 'r.answered_by'),
    )
    .leftJoin('professionals as m', (join) =>
      join.onRef('m.clinic_id', '=', 'r.clinic_id').onRef('m.id', '=', 'r.created_by'),
    )
    .select([
      'r.id',
      'r.version',
      'r.client_id',
      'r.kind',
      'r.identified_by',
      'r.answer',
      'r.due_at',
      'r.answered_at',
      'r.answered_by',
      'r.created_by',
      'r.created_at',
      'c.full_name',
    ])
    .select([nameOf('a').as('answered_by_name'), nameOf('m').as('created_by_name')])
    .select(sql<boolean>`r.answered_at is null and r.due_at < now()`.as('overdue'))
    .select(sql<string>`(extract(epoch from r.due_at) * 1000000)::bigint`.as('due_micros'));

export type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['executeTakeFirstOrThrow']>>;

export interface RequestFilters {
  readonly status: 'open' | 'answered' | 'all';
  readonly clientId?: string | undefined;
}

const matching = ({ status, clientId }: RequestFilters) => {
  const ofStatus = { open: sql<boolean>`r.answered_at is null`, answered: sql<boolean>`r.answered_at is not null` };
  return sql<boolean>`${status === 'all' ? sql`true` : ofStatus[status]} and ${
    clientId === undefined ? sql`true` : sql`r.client_id in (select app.records_of(${clientId}))`
  }`;
};

interface RequestPage extends RequestFilters {
  readonly after: { readonly key: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** The ids of a page of requests: open ones by the day on which they are due, others the latest first. */
function idsOf({ after, limit, ...filters }: RequestPage): Sql {
  const [beyond, direction] = filters.status === 'open' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const place = sql`((extract(epoch from r.due_at) * 1000000)::bigint, r.id)`;
  const isAfter = after === undefined ? sql`true` : sql`${place} ${beyond} (${after.key}::bigint, ${after.id}::uuid)`;
  return sql`select r.id from data_requests r where ${matching(filters)} and ${isAfter}
    order by r.due_at ${direction}, r.id ${direction} limit ${limit}`;
}

/** A page of requests, in its order. */
export function listRequests(tx: Transaction, page: RequestPage): Promise<RequestRow[]> {
  const direction = page.status === 'open' ? 'asc' : 'desc';
  return tx.run(
    selectRequests()
      .where(sql<boolean>`r.id in (${idsOf(page)})`)
      .orderBy('r.due_at', direction)
      .orderBy('r.id', direction),
  );
}

/** What was done because of the requests of a page. */
export const listProofOfPage = (tx: Transaction, page: RequestPage): Promise<ProofRow[]> =>
  selectProof(tx, idsOf(page));

export async function countRequests(tx: Transaction, filters: RequestFilters): Promise<number> {
  const rows = await tx.run(
    qb
      .selectFrom('data_requests as r')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matching(filters)),
  );
  return onlyRow(rows).count;
}

export async function findRequest(tx: Transaction, id: string): Promise<RequestRow | undefined> {
  return (await tx.run(selectRequests().where('r.id', '=', id)))[0];
}

/** Locks a request until the transaction ends. */
export async function lockRequest(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('data_requests')
      .select(['id', 'version', 'client_id', 'kind', 'due_at', 'answered_at'])
      .where('id', '=', id)
      .forUpdate(),
  );
  return rows[0];
}

interface NewRequest {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly kind: DataRequestKind;
  readonly identifiedBy: string;
  /** Undefined: the clinic's number of days from now. */
  readonly dueAt: string | undefined;
  readonly createdBy: string;
}

export const insertRequest = (tx: Transaction, row: NewRequest): Promise<unknown> =>
  tx.run(
    sql`insert into data_requests (clinic_id, id, client_id, kind, identified_by, due_at, created_by)
      select id, ${row.id}, ${row.clientId}, ${row.kind}, ${row.identifiedBy},
        coalesce(${row.dueAt ?? null}::timestamptz, now() + make_interval(days => data_request_days)), ${row.createdBy}
      from clinics where id = ${row.clinicId}`,
  );

export const updateRequest = (tx: Transaction, id: string, values: Updateable<DB['data_requests']>): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('data_requests')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id),
  );

/** What was done because of a request. */
export const listProof = (tx: Transaction, requestId: string): Promise<ProofRow[]> =>
  selectProof(tx, sql`select ${requestId}::uuid`);

/** Copies that were made because of requests, clients who were anonymised. */
const selectProof = (tx: Transaction, requestIds: Sql): Promise<ProofRow[]> =>
  tx.run(
    sql<ProofRow>`
      select c.data_request_id, 'copy' as kind, c.id, c.created_at as at, c.downloaded_at,
        p.id as person_id, ${personName('p')} as person_name
        from client_copies c join professionals p on p.clinic_id = c.clinic_id and p.id = c.created_by
        where c.data_request_id in (${requestIds})
      union all
      select a.data_request_id, 'anonymization', a.id, a.done_at, null,
        p.id, ${personName('p')}
        from client_anonymizations a left join professionals p on p.clinic_id = a.clinic_id and p.id = a.done_by
        where a.data_request_id in (${requestIds}) and a.done_at is not null
      order by at, id`,
  );

export interface ProofRow {
  readonly data_request_id: string;
  readonly kind: 'copy' | 'anonymization';
  readonly id: string;
  readonly at: Date;
  readonly downloaded_at: Date | null;
  readonly person_id: string | null;
  readonly person_name: string;
}

/** The requests of a client and of the records merged into it, oldest first, for the copy of their data. */
export const listRequestsOf = (tx: Transaction, clientId: string): Promise<RequestRow[]> =>
  tx.run(
    selectRequests()
      .where(sql<boolean>`r.client_id in (select app.records_of(${clientId}))`)
      .orderBy('r.id')
      .limit(mostCopied),
  );

/** More than anybody asks. */
const mostCopied = 1000;

/** Empties what is written about the person. */
export const anonymizeRequests = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(
    sql`update data_requests
      set identified_by = null, answer = null, version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`,
  );

/** Whether a request is about the client or a record merged into them. */
export async function isRequestOf(tx: Transaction, id: string, clientId: string): Promise<boolean> {
  const rows = await tx.run(
    sql<{ id: string }>`select id from data_requests
      where id = ${id} and client_id in (select app.records_of(${clientId}))`,
  );
  return rows.length > 0;
}
