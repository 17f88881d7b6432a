import type { Scope } from '../../../shared/permissions.ts';
import { instantOf, toEdge } from '../../db/clinic-time.ts';
import { nameOf } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

interface NamedClient {
  readonly id: string;
  readonly name: string;
}

export interface CoveringRow {
  readonly id: string;
  readonly absent_id: string;
  readonly absent_name: string;
  readonly covering_id: string;
  readonly covering_name: string;
  readonly client_count: number | null;
  readonly clients: readonly NamedClient[] | null;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly reason: string;
  readonly state: 'planned' | 'running' | 'over';
  readonly created_by: string;
  readonly created_by_name: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly ended_by_name: string | null;
}

/** Coverings as `v`, with those of the named clients whom the scope reaches. */
const selectCoverings = (clients: Scope) => sql`
  select v.id, v.absent_id, ${nameOf('v', 'absent_id')} as absent_name, v.covering_id, ${nameOf('v', 'covering_id')} as covering_name,
    v.from_at, v.until_at, v.reason, v.created_by, ${nameOf('v', 'created_by')} as created_by_name, v.created_at,
    v.ended_at, v.ended_by, ${nameOf('v', 'ended_by')} as ended_by_name,
    case when v.ended_at is not null or v.until_at <= now() then 'over' when v.from_at > now() then 'planned' else 'running'
      end as state,
    case when v.named then (
      select count(*)::integer from covering_clients n where n.clinic_id = v.clinic_id and n.covering_id = v.id
    ) end as client_count,
    case when v.named then (
      select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.full_name) order by c.full_name, c.id), '[]')
      from covering_clients n join clients c on c.clinic_id = n.clinic_id and c.id = n.client_id
      where n.clinic_id = v.clinic_id and n.covering_id = v.id and ${inScope(clients, 'c.professional_id')}
    ) end as clients
  from coverings v`;

/** Whose coverings somebody sees: those in which they are away or cover, or all of the clinic. */
const isSeen = (scope: Scope) =>
  scope.whole ? sql`true` : sql`${scope.professionalId}::uuid in (v.absent_id, v.covering_id)`;

/** The most that are listed; a clinic of ten people has about a hundred in a year. */
const mostListed = 1000;

/** Coverings that are not over, and those of the last year, the latest first. */
export const listCoverings = (tx: Transaction, scope: Scope, clients: Scope): Promise<CoveringRow[]> =>
  tx.run(
    sql<CoveringRow>`${selectCoverings(clients)}
      where v.clinic_id = app.current_clinic() and v.until_at > now() - interval '1 year' and ${isSeen(scope)}
      order by v.from_at desc, v.id desc limit ${mostListed}`,
  );

export async function findCovering(
  tx: Transaction,
  id: string,
  scope: Scope,
  clients: Scope,
): Promise<CoveringRow | undefined> {
  const rows = await tx.run(
    sql<CoveringRow>`${selectCoverings(clients)}
      where v.clinic_id = app.current_clinic() and v.id = ${id} and ${isSeen(scope)}`,
  );
  return rows[0];
}

interface Span {
  readonly from_at: Date;
  readonly until_at: Date;
  readonly is_over: boolean;
  readonly is_too_long: boolean;
}

/** The instants of a covering. Its days are those of the clinic's clock: a day in which the clock changes is one day. */
export async function readSpan(
  tx: Transaction,
  clinicId: string,
  { from, to, days }: { readonly from: string; readonly to: string; readonly days: number },
): Promise<Span> {
  const rows = await tx.run(
    sql<Span>`
      select from_at, until_at, until_at <= now() as is_over,
        until_at at time zone time_zone > (from_at at time zone time_zone) + make_interval(days => ${days}) as is_too_long
      from (
        select c.time_zone, ${instantOf(toEdge(from), clinicId, 0)} as from_at, ${instantOf(toEdge(to), clinicId, 1)} as until_at
        from clinics c where c.id = ${clinicId}
      ) as span`,
  );
  return onlyRow(rows);
}

/** The number of the professional's active clients among `ids`. */
export async function countClientsOf(tx: Transaction, ownerId: string, ids: readonly string[]): Promise<number> {
  const rows = await tx.run(
    qb
      .selectFrom('clients')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('id', '=', sql<string>`any (${ids}::uuid[])`)
      .where('professional_id', '=', ownerId)
      .where('archived_at', 'is', null),
  );
  return Number(onlyRow(rows).count);
}

/** Locks both people, so that coverings between them take turns, and counts those of the covering one that are not over. */
export async function lockPair(
  tx: Transaction,
  { absentId, coveringId }: { readonly absentId: string; readonly coveringId: string },
): Promise<number> {
  const [, rows] = await Promise.all([
    tx.run(
      qb
        .selectFrom('professionals')
        .select('id')
        .where('id', 'in', [absentId, coveringId])
        .orderBy('id')
        .forNoKeyUpdate(),
    ),
    tx.run(
      qb
        .selectFrom('coverings')
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .where('covering_id', '=', coveringId)
        .where('until_at', '>', sql<Date>`now()`)
        .where('ended_at', 'is', null),
    ),
  ]);
  return Number(onlyRow(rows).count);
}

interface NewCovering {
  readonly id: string;
  readonly clinicId: string;
  readonly absentId: string;
  readonly coveringId: string;
  readonly clientIds: readonly string[] | undefined;
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
  readonly by: string;
}

export const insertCovering = (tx: Transaction, covering: NewCovering): Promise<unknown> =>
  Promise.all([
    tx.run(
      qb.insertInto('coverings').values({
        id: covering.id,
        clinic_id: covering.clinicId,
        absent_id: covering.absentId,
        covering_id: covering.coveringId,
        named: covering.clientIds !== undefined,
        from_at: covering.from,
        until_at: covering.to,
        reason: covering.reason,
        created_by: covering.by,
      }),
    ),
    ...(covering.clientIds === undefined
      ? []
      : [
          tx.run(
            sql`insert into covering_clients (clinic_id, covering_id, client_id)
              select distinct ${covering.clinicId}::uuid, ${covering.id}::uuid, id
              from unnest(${covering.clientIds}::uuid[]) as named (id)`,
          ),
        ]),
  ]);

const notOver = sql<boolean>`ended_at is null and until_at > now()`;

/** Ends a covering that is not over. @returns whether it was not */
export async function endCovering(tx: Transaction, id: string, by: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('coverings')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where('id', '=', id)
      .where(notOver)
      .returning('id'),
  );
  return rows.length > 0;
}

/** Ends the coverings in which somebody is away or covers. @returns their ids */
export const endCoveringsOf = (tx: Transaction, personId: string, by: string): Promise<{ id: string }[]> =>
  tx.run(
    qb
      .updateTable('coverings')
      .set({ ended_at: sql`now()`, ended_by: by })
      .where((eb) => eb.or([eb('absent_id', '=', personId), eb('covering_id', '=', personId)]))
      .where(notOver)
      .returning('id'),
  );

/** Ends those of all clinics. */
export const endEveryCovering = (tx: Transaction): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('coverings')
      .set({ ended_at: sql`now()` })
      .where(notOver),
  );

/** Empties the reasons of coverings that name one of the clients. */
export const forgetReasons = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  tx.run(
    sql`update coverings v set reason = '' where v.clinic_id = ${clinicId} and exists (
      select from covering_clients n where n.clinic_id = v.clinic_id and n.covering_id = v.id
        and n.client_id = any (${clientIds}::uuid[])
    )`,
  );
