import type { Scope } from '../../../shared/permissions.ts';
import { takesTimeBetween } from '../../db/appointment-conditions.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface SeriesRow {
  readonly clinic_id: string;
  readonly id: string;
  readonly version: number;
  readonly client_id: string;
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly visit_type: string;
  readonly title: string | null;
  readonly package_id: string | null;
  readonly local_start: string;
  readonly time_zone: string;
  readonly duration_minutes: number;
  readonly rule: unknown;
  readonly planned_through: string;
  readonly ended_on: string | null;
}

const columns = sql`
  s.clinic_id, s.id, s.version, s.client_id, s.professional_id, s.room_id, s.visit_type, s.title, s.package_id,
  to_char(s.local_start, 'YYYY-MM-DD"T"HH24:MI') as local_start, s.time_zone, s.duration_minutes, s.rule,
  s.planned_through::text as planned_through, s.ended_on::text as ended_on`;

export async function findSeries(tx: Transaction, id: string, scope: Scope): Promise<SeriesRow | undefined> {
  const rows = await tx.run(
    sql<SeriesRow>`select ${columns} from series s where s.id = ${id} and ${inScope(scope, 's.professional_id', 's.client_id')}`,
  );
  return rows[0];
}

/** The series of a client and the records merged into it. */
export const selectSeriesOf = (tx: Transaction, clientId: string): Promise<SeriesRow[]> =>
  tx.run(
    sql<SeriesRow>`select ${columns} from series s
      where s.client_id in (select app.records_of(${clientId})) order by s.id`,
  );

/** The gaps of those series. */
export const listGapsOf = (tx: Transaction, clientId: string): Promise<(GapRow & { readonly series_id: string })[]> =>
  tx.run(
    sql<GapRow & { series_id: string }>`
      select g.series_id, g.date::text as date, g.start_at, g.state
      from series s join series_gaps g on g.clinic_id = s.clinic_id and g.series_id = s.id
      where s.client_id in (select app.records_of(${clientId})) order by g.start_at`,
  );

/** Like findSeries, and locks the series until the transaction ends. */
export async function lockSeries(tx: Transaction, id: string, scope: Scope): Promise<SeriesRow | undefined> {
  const rows = await tx.run(
    sql<SeriesRow>`select ${columns} from series s
      where s.id = ${id} and ${inScope(scope, 's.professional_id', 's.client_id')} for no key update`,
  );
  return rows[0];
}

export interface SeriesValues {
  readonly professional_id: string;
  readonly room_id: string | null;
  readonly visit_type: string;
  readonly title: string | null;
  readonly local_start: string;
  readonly duration_minutes: number;
  /** As JSON. */
  readonly rule: string;
  readonly planned_through: string;
  readonly ended_on: string | null;
}

interface NewSeries extends Omit<SeriesValues, 'ended_on'> {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly packageId: string | null;
  readonly timeZone: string;
  readonly by: string;
}

export const insertSeries = (
  tx: Transaction,
  { id, clinicId, clientId, packageId, timeZone, by, ...values }: NewSeries,
): Promise<unknown> =>
  tx.run(
    qb.insertInto('series').values({
      ...values,
      id,
      clinic_id: clinicId,
      client_id: clientId,
      package_id: packageId,
      time_zone: timeZone,
      created_by: by,
    }),
  );

export const updateSeries = (
  tx: Transaction,
  { clinicId, id }: { readonly clinicId: string; readonly id: string },
  values: Partial<SeriesValues>,
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('series')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id),
  );

export interface GapRow {
  readonly date: string;
  readonly start_at: Date;
  readonly state: string;
}

export const listGaps = (tx: Transaction, clinicId: string, seriesId: string): Promise<GapRow[]> =>
  tx.run(
    qb
      .selectFrom('series_gaps')
      .select([sql<string>`date::text`.as('date'), 'start_at', 'state'])
      .where('clinic_id', '=', clinicId)
      .where('series_id', '=', seriesId)
      .orderBy('start_at'),
  );

export async function insertGaps(
  tx: Transaction,
  { clinicId, id }: { readonly clinicId: string; readonly id: string },
  gaps: readonly GapRow[],
): Promise<void> {
  if (gaps.length === 0) return;
  await tx.run(
    qb
      .insertInto('series_gaps')
      .values(gaps.map((gap) => ({ ...gap, clinic_id: clinicId, series_id: id })))
      .onConflict((conflict) => conflict.doNothing()),
  );
}

interface Span {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Which of the times the client spends elsewhere; the appointments of `ignoredIds` do not count. @returns their indexes */
export async function listClientOverlaps(
  tx: Transaction,
  clinicId: string,
  clientId: string,
  times: readonly Span[],
  ignoredIds: readonly string[],
): Promise<Set<number>> {
  const starts = times.map(({ startAt }) => startAt.toISOString());
  const ends = times.map(({ endAt }) => endAt.toISOString());
  const rows = await tx.run(
    sql<{ index: number }>`
      select (t.place - 1)::int as index
      from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as t (start_at, end_at, place)
      where exists (
        select 1 from appointments a
        where a.client_id = ${clientId} and ${takesTimeBetween('a', clinicId, sql`t.start_at`, sql`t.end_at`)}
          and a.id <> all (${ignoredIds}::uuid[])
      )`,
  );
  return new Set(rows.map(({ index }) => index));
}

/** Whether the client is active and in the scope, and the professional active. */
export async function findParties(
  tx: Transaction,
  clientId: string,
  scope: Scope,
  professionalId: string,
): Promise<{ readonly client: 'active' | 'archived' | null; readonly professional: boolean | null }> {
  const [clients, professionals] = await Promise.all([
    tx.run(qb.selectFrom('clients').select('archived_at').where('id', '=', clientId).where(inScope(scope))),
    tx.run(qb.selectFrom('professionals').select('deactivated_at').where('id', '=', professionalId)),
  ]);
  const [client] = clients;
  const [professional] = professionals;
  return {
    client: client === undefined ? null : client.archived_at === null ? 'active' : 'archived',
    professional: professional === undefined ? null : professional.deactivated_at === null,
  };
}

/** An open series, with what its next dates depend on besides times. */
export interface SeriesToExtend extends SeriesRow {
  /** The clinic's date. */
  readonly today: string;
  /** The role of its professional. */
  readonly role: string;
  /** Whether its room is in use; null without a room. */
  readonly room_active: boolean | null;
}

/**
 * Takes one open series whose dates are not planned as far ahead as they should be; locked, and passed over by other processes.
 * Series of archived clients, of people who have left and of suspended clinics wait.
 */
export async function takeSeriesToExtend(
  tx: Transaction,
  daysAhead: number,
  passed: readonly string[],
): Promise<SeriesToExtend | undefined> {
  const rows = await tx.run(
    sql<SeriesToExtend>`
      select ${columns}, (now() at time zone s.time_zone)::date::text as today, p.role, r.active as room_active
      from series s
      join clients c on c.clinic_id = s.clinic_id and c.id = s.client_id and c.archived_at is null
      join professionals p on p.clinic_id = s.clinic_id and p.id = s.professional_id and p.deactivated_at is null
      join clinics k on k.id = s.clinic_id and k.suspended_at is null
      left join rooms r on r.clinic_id = s.clinic_id and r.id = s.room_id
      where s.ended_on is null and not s.rule ? 'count' and not s.rule ? 'until'
        and s.planned_through < (now() at time zone s.time_zone)::date + ${daysAhead}::int
        and s.id <> all (${passed}::uuid[])
      order by s.planned_through limit 1 for no key update of s skip locked`,
  );
  return rows[0];
}

/** Gives the series of a professional who leaves to a colleague. */
export const transferSeries = (tx: Transaction, clinicId: string, from: string, to: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('series')
      .set((eb) => ({ professional_id: to, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('professional_id', '=', from)
      .where('ended_on', 'is', null),
  );

/** Gives those of the series that one of `from` has to `to`. */
export const takeSeriesBack = (
  tx: Transaction,
  clinicId: string,
  { ids, from, to }: { readonly ids: readonly string[]; readonly from: readonly string[]; readonly to: string },
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('series')
      .set((eb) => ({ professional_id: to, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('id', 'in', ids)
      .where('professional_id', 'in', from),
  );
