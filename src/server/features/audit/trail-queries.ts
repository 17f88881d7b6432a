import type { SqlBool } from 'kysely';
import type { AuditFilters } from '../../../shared/contracts/audit.ts';
import type { Scope } from '../../../shared/permissions.ts';
import { instantOf, toEdge } from '../../db/clinic-time.ts';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

/** The last event of the page before. */
export interface TrailPlace {
  /** Microseconds since 1970, which a Date does not have. */
  readonly micros: string;
  readonly id: string;
}

const momentOf = (text: string, daysLater: 0 | 1): Sql<Date> =>
  instantOf(toEdge(text), sql`(select app.current_clinic())`, daysLater);

/** The conditions are told apart in the statement's text, so that each set of filters has its own plan and index. */
function filterTrail({ from, to, actorId, action, recordType, recordId }: AuditFilters) {
  return qb
    .selectFrom('audit_events')
    .where('clinic_id', '=', sql<string>`(select app.current_clinic())`)
    .$if(from !== undefined, (query) => query.where('at', '>=', momentOf(from ?? '', 0)))
    .$if(to !== undefined, (query) => query.where('at', '<', momentOf(to ?? '', 1)))
    .$if(actorId !== undefined, (query) => query.where('actor_id', '=', actorId ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(recordType !== undefined, (query) => query.where('record_type', '=', recordType ?? ''))
    .$if(recordId !== undefined, (query) => query.where('record_id', '=', recordId ?? ''));
}

const isBefore = ({ micros, id }: TrailPlace) =>
  sql<SqlBool>`(at, id) < (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`;

const columns = ['id', 'at', 'action', 'actor_id', 'session_id', 'record_type', 'record_id', 'details'] as const;
const computed = [
  sql<string | null>`host(address)`.as('address'),
  sql<string>`(extract(epoch from at) * 1000000)::bigint`.as('micros'),
] as const;

/** A page of the trail, the newest event first. */
export const listEvents = (tx: Transaction, filters: AuditFilters, after: TrailPlace | undefined, limit: number) =>
  tx.run(
    filterTrail(filters)
      .select(columns)
      .select(computed)
      .$if(after !== undefined, (query) => query.where(isBefore(after ?? { micros: '0', id: '' })))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  );

export type EventRow = Awaited<ReturnType<typeof listEvents>>[number];

/** @returns the number of events, at most `atMost` */
export async function countEvents(tx: Transaction, filters: AuditFilters, atMost: number): Promise<number> {
  const [row] = await tx.run(
    qb
      .selectFrom(filterTrail(filters).select('id').limit(atMost).as('e'))
      .select((eb) => eb.fn.countAll<string>().as('count')),
  );
  return Number(row?.count ?? 0);
}

/** The people of the clinic, active or not, and those of the host's superusers who did something here. */
export const listPeople = (tx: Transaction) =>
  tx.run(
    qb
      .selectFrom('professionals as p')
      .select(['p.id', 'p.first_name', 'p.last_name', 'p.role', 'p.is_superuser', 'p.deactivated_at'])
      .where((eb) =>
        eb.or([
          eb('p.is_superuser', '=', false),
          eb.exists(
            eb
              .selectFrom('audit_events as e')
              .select('e.id')
              .whereRef('e.clinic_id', '=', 'p.clinic_id')
              .whereRef('e.actor_id', '=', 'p.id'),
          ),
        ]),
      )
      .orderBy(sql`p.first_name collate "pt-BR-x-icu"`)
      .orderBy('p.id'),
  );

export type PersonRow = Awaited<ReturnType<typeof listPeople>>[number];

/** The actions that occur in the trail: one look into the index for each. */
export const listActions = (tx: Transaction) =>
  tx.run<{ action: string }>(
    sql<{ action: string }>`
      with recursive found as (
        (select action from audit_events where clinic_id = (select app.current_clinic()) order by action limit 1)
        union all
        select (
          select e.action from audit_events e where e.clinic_id = (select app.current_clinic()) and e.action > found.action
          order by e.action limit 1
        ) from found where found.action is not null
      )
      select action from found where action is not null`,
  );

/** A row if the client exists within the scope. */
export const selectClientId = (id: string, scope: Scope) =>
  qb.selectFrom('clients').select('id').where('id', '=', id).where(inScope(scope));

const filterViews = (clientId: string, actions: readonly string[]) =>
  qb
    .selectFrom('audit_events as e')
    .where('e.clinic_id', '=', sql<string>`(select app.current_clinic())`)
    .where('e.record_id', '=', sql<string>`any (array(select app.records_of(${clientId})))`)
    .where('e.action', '=', sql<string>`any (${actions}::text[])`);

/** Events by which somebody saw a client or a record merged into it, the newest first. */
export const listViews = (
  tx: Transaction,
  clientId: string,
  actions: readonly string[],
  after: TrailPlace | undefined,
  limit: number,
) =>
  tx.run(
    filterViews(clientId, actions)
      .leftJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'e.clinic_id').onRef('p.id', '=', 'e.actor_id'),
      )
      .select(['e.id', 'e.at', 'e.action', 'e.actor_id', 'e.details', 'p.first_name', 'p.last_name', 'p.is_superuser'])
      .select(sql<string>`(extract(epoch from e.at) * 1000000)::bigint`.as('micros'))
      .$if(after !== undefined, (query) =>
        query.where(
          sql<SqlBool>`(e.at, e.id) < (timestamptz 'epoch' + ${after?.micros ?? '0'}::bigint * interval '1 microsecond', ${after?.id ?? null}::uuid)`,
        ),
      )
      .orderBy('e.at', 'desc')
      .orderBy('e.id', 'desc')
      .limit(limit),
  );

export type ViewRow = Awaited<ReturnType<typeof listViews>>[number];

/** @returns the number of such events, at most `atMost` */
export async function countViews(
  tx: Transaction,
  clientId: string,
  actions: readonly string[],
  atMost: number,
): Promise<number> {
  const [row] = await tx.run(
    qb
      .selectFrom(filterViews(clientId, actions).select('e.id').limit(atMost).as('e'))
      .select((eb) => eb.fn.countAll<string>().as('count')),
  );
  return Number(row?.count ?? 0);
}
