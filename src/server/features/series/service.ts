import { v7 as uuidv7 } from 'uuid';
import type { Series, SeriesDate, SeriesGap, SeriesInput } from '../../../shared/contracts/agenda/series.ts';
import { mayFor, scopeFor } from '../../../shared/permissions.ts';
import { addDays, toLocalDate } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { bookAppointments, listAppointmentsOfSeries, runAgainAfterRace, TimeTaken } from '../appointments/api.ts';
import { recordEvent } from '../audit/api.ts';
import { findVisitType } from '../availability/api.ts';
import { readingScope } from '../clients/api.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { reserveSessions } from '../session-packages/api.ts';
import { describeDates, type Place, type PlannedDate, planDates, seriesConflict } from './dates.ts';
import { presentSeries } from './presenter.ts';
import { findParties, findSeries, type GapRow, insertGaps, insertSeries, listGaps } from './queries.ts';
import { listOccurrences, mostDates, type Occurrence, type Recurrence } from './recurrence.ts';

/** How far ahead the dates of an open series are booked. */
export const daysAhead = 26 * 7;

export interface SeriesAnswer {
  readonly body: Series;
  readonly etag: string;
}

/** A series with its appointments, in the transaction that read or changed it. Throws not_found. */
export async function answerSeries(tx: Transaction, actor: Actor, id: string): Promise<SeriesAnswer> {
  const [row, appointments, gaps] = await Promise.all([
    findSeries(tx, id, scopeFor(actor, 'agenda.read')),
    listAppointmentsOfSeries(tx, actor.clinicId, id),
    listGaps(tx, actor.clinicId, id),
  ]);
  if (row === undefined) throw notFound();
  return { body: presentSeries(actor, row, appointments, gaps), etag: etagOf(row.version) };
}

export const getSeries = (db: Database, actor: Actor, id: string): Promise<SeriesAnswer> =>
  db.read(actor, (tx) => answerSeries(tx, actor, id));

type Creation =
  | { readonly dates: readonly SeriesDate[] }
  | (SeriesAnswer & { readonly replayed: boolean; readonly dates?: undefined });

/**
 * Books a series, all of its dates or none; with `dryRun` only shows what each date is. Throws series_conflict with the dates,
 * invalid_request, forbidden, not_found, not_bookable, package_used_up, idempotency_key_reused.
 */
export async function createSeries(
  db: Database,
  actor: Actor,
  input: SeriesInput,
  idempotencyKey: string | undefined,
): Promise<Creation> {
  if (!mayFor(actor, 'agenda.write', input.professionalId, input.clientId)) throw forbidden();
  const isOpen = input.rule.count === undefined && input.rule.until === undefined;
  // A package ends, and so has its series.
  if (isOpen && input.packageId != null) throw invalidField('packageId', 'invalid_value');
  const id = uuidv7();
  if (input.dryRun === true)
    return db.write(actor, async (tx) => {
      const draft = await draftSeries(tx, actor, input);
      return { dates: await describeDates(tx, draft.dates) };
    });
  const create = async (tx: Transaction): Promise<Creation> => {
    const claim = await claimCreation(tx, actor, {
      key: idempotencyKey,
      route: 'POST /series',
      content: [input],
      recordId: id,
    });
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { ...(await answerSeries(tx, actor, earlier)), replayed: true };
    await writeSeries(tx, actor, id, input, await draftSeries(tx, actor, input));
    return { ...(await answerSeries(tx, actor, id)), replayed: false };
  };
  try {
    return await runAgainAfterRace(() => db.write(actor, create));
  } catch (error) {
    if (error instanceof TimeTaken) throw await explainTaken(db, actor, input, error);
    throw error;
  }
}

interface Draft {
  readonly recurrence: Recurrence;
  readonly place: Place;
  readonly dates: readonly PlannedDate[];
  readonly plannedThrough: string;
}

/** Reads what the series is to be, and what its dates are. Throws invalid_request, not_found, not_bookable. */
async function draftSeries(tx: Transaction, actor: Actor, input: SeriesInput): Promise<Draft> {
  const { clinicId } = actor;
  const [clinic, visitType, parties] = await Promise.all([
    findClinicSettings(tx, clinicId),
    findVisitType(tx, clinicId, input.visitType),
    findParties(tx, input.clientId, readingScope(actor), input.professionalId),
  ]);
  if (visitType?.active !== true) throw invalidField('visitType', 'visit_type_not_found');
  if (parties.client === null || parties.professional === null) throw notFound();
  if (parties.client === 'archived' || !parties.professional) throw conflict('not_bookable');
  const recurrence: Recurrence = { localStart: input.localStart, timeZone: clinic.timeZone, rule: input.rule };
  const occurrences = listDates(recurrence);
  const place: Place = {
    clinicId,
    clientId: input.clientId,
    professionalId: input.professionalId,
    roomId: input.roomId ?? null,
    minutes: input.durationMinutes ?? visitType.minutes,
  };
  const dates = await planDates(
    tx,
    occurrences.map((occurrence) => ({ occurrence, place })),
    input.choices,
  );
  const isOpen = input.rule.count === undefined && input.rule.until === undefined;
  const last = occurrences.at(-1)?.date ?? input.localStart.slice(0, 10);
  return { recurrence, place, dates, plannedThrough: isOpen ? horizonOf(recurrence) : last };
}

/** The date up to which an open series is booked at first: 26 weeks from tomorrow, or from its first date if that is later. */
function horizonOf({ localStart, timeZone }: Recurrence): string {
  const before = addDays(localStart.slice(0, 10), -1);
  const today = toLocalDate(new Date(), timeZone);
  return addDays(before > today ? before : today, daysAhead);
}

/** Throws invalid_request when there are none, too many, or some after 2100. */
function listDates(recurrence: Recurrence): Occurrence[] {
  const dates: Occurrence[] = [];
  for (const occurrence of listOccurrences(recurrence, horizonOf(recurrence))) {
    if (dates.length === mostDates) throw invalidField('rule.until', 'invalid_value');
    dates.push(occurrence);
  }
  if (dates.length === 0) throw invalidField('rule.until', 'ends_before_start');
  if (dates.length < (recurrence.rule.count ?? 0)) throw invalidField('rule.count', 'beyond_calendar');
  return dates;
}

async function writeSeries(
  tx: Transaction,
  actor: Actor,
  id: string,
  input: SeriesInput,
  { recurrence, place, dates, plannedThrough }: Draft,
): Promise<void> {
  const { clinicId } = actor;
  if (dates.some(({ isSettled }) => !isSettled)) throw seriesConflict(await describeDates(tx, dates));
  const bookings = toBookings(id, input, place, dates);
  if (input.packageId != null)
    await reserveSessions(tx, {
      clinicId,
      packageId: input.packageId,
      clientId: input.clientId,
      sessions: bookings.length,
    });
  await insertSeries(tx, {
    id,
    clinicId,
    clientId: input.clientId,
    packageId: input.packageId ?? null,
    timeZone: recurrence.timeZone,
    by: actor.professionalId,
    professional_id: input.professionalId,
    room_id: input.roomId ?? null,
    visit_type: input.visitType,
    title: input.title ?? null,
    local_start: input.localStart,
    duration_minutes: place.minutes,
    rule: JSON.stringify(input.rule),
    planned_through: plannedThrough,
  });
  await Promise.all([
    bookAppointments(tx, actor, bookings, { clientScope: readingScope(actor), action: 'series' }),
    insertGaps(tx, { clinicId, id }, listSkipped(dates)),
    recordEvent(tx, actor, { action: 'series_created', recordType: 'series', recordId: id }),
  ]);
}

type SeriesFacts = Pick<SeriesInput, 'clientId' | 'professionalId' | 'roomId' | 'visitType' | 'title' | 'packageId'>;

/** What is to be booked of dates that are settled. */
export const toBookings = (
  seriesId: string,
  { clientId, professionalId, roomId, visitType, title, packageId }: SeriesFacts,
  { minutes }: Pick<Place, 'minutes'>,
  dates: readonly PlannedDate[],
) =>
  dates.flatMap(({ startAt, occurrence }) =>
    startAt === undefined
      ? []
      : [
          {
            ...{ clientId, professionalId, roomId, visitType, title, packageId, seriesId, startAt },
            endAt: new Date(startAt.getTime() + minutes * 60_000),
            originalStart: occurrence.startAt,
          },
        ],
  );

/** A date that has no appointment, and why. */
export const noteGap = ({ date, startAt }: Occurrence, state: SeriesGap['state']): GapRow => ({
  date,
  start_at: startAt,
  state,
});

/** The dates that are left out, and why. */
export const listSkipped = (dates: readonly PlannedDate[]): GapRow[] =>
  dates
    .filter(({ startAt }) => startAt === undefined)
    .map(({ occurrence, state }) => noteGap(occurrence, state === 'free' ? 'skipped' : state));

/** The conflict of a series that lost its times to somebody else between looking and booking. */
async function explainTaken(db: Database, actor: Actor, input: SeriesInput, { clashes }: TimeTaken): Promise<unknown> {
  const taken = new Set(clashes.map(({ wish }) => wish.startAt.getTime()));
  return db.write(actor, async (tx) => {
    const { dates } = await draftSeries(tx, actor, input);
    const marked = dates.map((date) =>
      date.startAt !== undefined && taken.has(date.startAt.getTime()) ? { ...date, state: 'conflict' as const } : date,
    );
    return seriesConflict(await describeDates(tx, marked));
  });
}
