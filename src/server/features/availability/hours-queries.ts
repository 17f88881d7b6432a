import type { Scope } from '../../../shared/permissions.ts';
import { takesTimeBetween } from '../../db/appointment-conditions.ts';
import { type Edge, instantOf } from '../../db/clinic-time.ts';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';
import { holidaysAmong } from './holidays.ts';
import { treatingPeople } from './people-queries.ts';
import { usualHours } from './usual-hours.ts';

interface OpenHours {
  readonly clinicId: string;
  /** A statement that gives the professionals as `id`. */
  readonly people: Sql;
  /** The days of the clinic that are asked about. */
  readonly days: readonly string[];
}

/**
 * The start of a statement: `clinic`, `people`, `closed` (days that are holidays), and `opening` (professional_id, day, opens, closes:
 * instants). An exception names its day and so counts on holidays, too; otherwise these close.
 */
const openHours = ({ clinicId, people, days }: OpenHours) => sql`
  clinic as materialized (
    select id, time_zone, state, optional_holidays, slot_minutes from clinics where id = ${clinicId}
  ),
  people as materialized (${people}),
  days as (
    select day, extract(isodow from day)::integer as weekday from unnest(${days}::date[]) as day
  ),
  closed as materialized (
    select date as day from holidays where clinic_id = ${clinicId} and closed and date = any (${days}::date[])
    union
    select g.date
    from jsonb_to_recordset(${JSON.stringify(holidaysAmong(days))}::jsonb) as g(date date, state text, optional text), clinic c
    where (g.state is null or g.state = c.state) and (g.optional is null or g.optional = any (c.optional_holidays))
      and not exists (select from holidays h where h.clinic_id = ${clinicId} and h.date = g.date)
  ),
  special as materialized (
    select e.professional_id, e.date as day, e.windows
    from people p join hours_exceptions e on e.professional_id = p.id
    where e.clinic_id = ${clinicId} and e.date = any (${days}::date[])
  ),
  working as (
    select w.id as professional_id, d.day, w."from", w."to"
    from (
      select p.id, w.weekday, w."from", w."to"
      from people p left join working_hours h on h.clinic_id = ${clinicId} and h.professional_id = p.id
      cross join lateral jsonb_to_recordset(coalesce(h.weekly, ${JSON.stringify(usualHours)}::jsonb))
        as w(weekday integer, "from" time, "to" time)
    ) as w
    join days d on d.weekday = w.weekday
    where d.day not in (select day from closed)
      and not exists (select from special s where s.professional_id = w.id and s.day = d.day)
    union all
    select s.professional_id, s.day, w."from", w."to"
    from special s cross join lateral jsonb_to_recordset(s.windows) as w("from" time, "to" time)
  ),
  opening as (
    select w.professional_id, w.day, t.opens, t.closes
    from working w cross join clinic c
    cross join lateral (
      select (w.day + w."from") at time zone c.time_zone as opens, (w.day + w."to") at time zone c.time_zone as closes
    ) as t
    where t.opens < t.closes
  )`;

/** Minutes since 1970 of each bound: from, to, from, to, … */
const minutesOf = (ranges: Sql) => sql`array(
  select unnest(array[(extract(epoch from lower(r)) / 60)::integer, (extract(epoch from upper(r)) / 60)::integer])
  from unnest(${ranges}) as r
)`;

export interface FreeTimesRequest {
  readonly clinicId: string;
  readonly people: Sql;
  readonly from: Edge;
  /** Before this; of a day, before its end. */
  readonly to: Edge;
  /** Every day of the clinic that the window may touch; more do no harm. */
  readonly days: readonly string[];
  readonly roomId: string | null;
  readonly clientId: string | null;
  readonly ignoredIds: readonly string[];
  /** Gives `minutes` and `buffer_minutes` of the visit. */
  readonly visit: Sql;
}

export interface FreeTimesRow {
  readonly professional_id: string;
  readonly time_zone: string;
  readonly slot_minutes: number;
  /** Null when there is no such kind of visit. */
  readonly minutes: number | null;
  readonly open: readonly number[];
  readonly free: readonly number[];
  /** What is free for this visit, if also the buffers are kept. */
  readonly offered: readonly number[];
}

/** The opening hours and free times of people within a window, in minutes since 1970. */
const listFreeTimes = (tx: Transaction, request: FreeTimesRequest): Promise<FreeTimesRow[]> => {
  const { clinicId, roomId, clientId, ignoredIds } = request;
  const [first, last] = [instantOf(request.from, clinicId, 0), instantOf(request.to, clinicId, 1)];
  // As far as a buffer may reach.
  const [earliest, latest] = [sql`(${first} - interval '4 hours')`, sql`(${last} + interval '4 hours')`];
  const alsoTaken = (condition: Sql) => sql`
    select p.id, a.start_at, a.end_at, null from people p cross join appointments a
    where ${condition} and ${takesTimeBetween('a', clinicId, earliest, latest)} and a.id <> all (${ignoredIds}::uuid[])`;
  return tx.run(
    sql<FreeTimesRow>`
      with ${openHours(request)},
      visit as materialized (${request.visit}),
      open as (
        select professional_id, range_agg(tstzrange(opens, closes)) as ranges from opening group by professional_id
      ),
      off as (
        select p.id as professional_id, range_agg(tstzrange(t.start_at, t.end_at)) as ranges
        from people p join time_off t on t.professional_id = p.id or t.professional_id is null
        where t.clinic_id = ${clinicId} and t.end_at > ${first} and t.start_at < ${last}
        group by p.id
      ),
      taken as (
        select p.id as professional_id, a.start_at, a.end_at, a.visit_type
        from people p cross join lateral (
          select * from appointments a
          where a.professional_id = p.id and ${takesTimeBetween('a', clinicId, earliest, latest)}
            and a.id <> all (${ignoredIds}::uuid[])
        ) as a
        ${roomId === null ? sql`` : sql`union all ${alsoTaken(sql`a.room_id = ${roomId}::uuid`)}`}
        ${clientId === null ? sql`` : sql`union all ${alsoTaken(sql`a.client_id = ${clientId}::uuid`)}`}
      ),
      busy as (
        select t.professional_id, range_agg(tstzrange(t.start_at, t.end_at)) as ranges,
          range_agg(tstzrange(
            t.start_at - make_interval(mins => coalesce(v.buffer_minutes, 0)),
            t.end_at + make_interval(mins => coalesce(k.buffer_minutes, 0))
          )) as buffered
        from taken t left join visit v on true
        left join visit_types k on k.clinic_id = ${clinicId} and k.key = t.visit_type
        group by t.professional_id
      ),
      times as (
        select p.id as professional_id,
          (coalesce(o.ranges, '{}') - coalesce(f.ranges, '{}')) * tstzmultirange(tstzrange(${first}, ${last})) as open,
          coalesce(b.ranges, '{}') as busy, coalesce(b.buffered, '{}') as buffered
        from people p
        left join open o on o.professional_id = p.id
        left join off f on f.professional_id = p.id
        left join busy b on b.professional_id = p.id
      )
      select t.professional_id, c.time_zone, c.slot_minutes, v.minutes, ${minutesOf(sql`t.open`)} as open,
        ${minutesOf(sql`t.open - t.busy`)} as free, ${minutesOf(sql`t.open - t.buffered`)} as offered
      from times t cross join clinic c left join visit v on true
      order by t.professional_id`,
  );
};

export interface StateQuestion {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly ignoredIds: readonly string[];
  readonly days: readonly string[];
  readonly times: readonly { readonly day: string; readonly startAt: Date; readonly endAt: Date }[];
}

/** What each of the times is, in their order; every time's own day and the next one have to be among the days. */
export const listTimeStates = (tx: Transaction, question: StateQuestion): Promise<{ state: string }[]> => {
  const { clinicId, professionalId, roomId, ignoredIds, times } = question;
  return tx.run(
    sql<{ state: string }>`
      with ${openHours({ ...question, people: sql`select ${professionalId}::uuid as id` })},
      open as materialized (select range_agg(tstzrange(opens, closes)) as ranges from opening)
      select case
        when exists (
          select from appointments a
          where a.professional_id = ${professionalId} and ${takesTimeBetween('a', clinicId, sql`w.start_at`, sql`w.end_at`)}
            and a.id <> all (${ignoredIds}::uuid[])
        ) or exists (
          select from appointments a
          where a.room_id = ${roomId}::uuid and ${takesTimeBetween('a', clinicId, sql`w.start_at`, sql`w.end_at`)}
            and a.id <> all (${ignoredIds}::uuid[])
        ) then 'conflict'
        when exists (
          select from time_off t
          where t.clinic_id = ${clinicId} and (t.professional_id is null or t.professional_id = ${professionalId})
            and t.start_at < w.end_at and t.end_at > w.start_at
        ) then 'absent'
        when tstzrange(w.start_at, w.end_at) <@ coalesce(o.ranges, '{}') then 'free'
        when w.day in (select day from closed) then 'holiday'
        else 'closed'
      end as state
      from jsonb_to_recordset(${JSON.stringify(
        times.map(({ day, startAt, endAt }, index) => ({ index, day, start_at: startAt, end_at: endAt })),
      )}::jsonb) as w(index integer, day date, start_at timestamptz, end_at timestamptz)
      cross join open o
      order by w.index`,
  );
};

export async function selectTimeZone(tx: Transaction, clinicId: string): Promise<string> {
  const rows = await tx.run(qb.selectFrom('clinics').select('time_zone').where('id', '=', clinicId));
  return rows[0]?.time_zone ?? 'America/Sao_Paulo';
}

/** The same of one professional, for a visit of so many minutes without a buffer of its own. */
export async function listFreeTimesOfOne(
  tx: Transaction,
  {
    professionalId,
    minutes,
    ...request
  }: Omit<FreeTimesRequest, 'people' | 'visit'> & { readonly professionalId: string; readonly minutes: number },
): Promise<FreeTimesRow | undefined> {
  const rows = await listFreeTimes(tx, {
    ...request,
    people: sql`select ${professionalId}::uuid as id`,
    visit: sql`select ${minutes}::integer as minutes, 0 as buffer_minutes`,
  });
  return rows[0];
}

interface OfferRequest {
  readonly clinicId: string;
  readonly scope: Scope;
  /** Without it, everybody within the scope. */
  readonly professionalIds: readonly string[] | undefined;
  readonly from: Edge;
  readonly to: Edge;
  readonly days: readonly string[];
  readonly visitType: string | undefined;
  readonly minutes: number | undefined;
  /** An appointment that moves: its own time is free, and without a kind or duration its own count. */
  readonly movingId: string | undefined;
}

/** The free times of people for a kind of visit, a duration, an appointment that moves, or the clinic's first kind of visit. */
export const listFreeTimesOf = (
  tx: Transaction,
  { scope, professionalIds, visitType, minutes, movingId, ...request }: OfferRequest,
): Promise<FreeTimesRow[]> => {
  const { clinicId } = request;
  const moving = sql`(
    select visit_type, (extract(epoch from end_at - start_at) / 60)::integer as minutes from appointments
    where clinic_id = ${clinicId} and id = ${movingId ?? null}::uuid and deleted_at is null and ${inScope(scope, 'professional_id', 'client_id')}
  )`;
  const visit =
    minutes !== undefined
      ? sql`select ${minutes}::integer as minutes, 0 as buffer_minutes`
      : sql`
        select coalesce(m.minutes, v.minutes) as minutes, v.buffer_minutes
        from visit_types v left join ${moving} as m on m.visit_type = v.key and ${visitType === undefined}::boolean
        where v.clinic_id = ${clinicId} and v.active and v.key = coalesce(${visitType ?? null}, v.key)
        order by m.minutes is null, v.position, v.name limit 1`;
  return listFreeTimes(tx, {
    ...request,
    people: treatingPeople(clinicId, scope, professionalIds),
    visit,
    roomId: null,
    clientId: null,
    ignoredIds: movingId === undefined ? [] : [movingId],
  });
};
