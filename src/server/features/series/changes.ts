import type { SeriesPatch, SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import { mayFor, scopeFor } from '../../../shared/permissions.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import {
  type AppointmentRow,
  cancelAppointments,
  listAppointmentsOfSeries,
  moveAppointments,
  runAgainAfterRace,
  TimeTaken,
} from '../appointments/api.ts';
import { recordEvent } from '../audit/api.ts';
import { findVisitType } from '../availability/api.ts';
import { describeDates, type PlannedDate, planDates, seriesConflict } from './dates.ts';
import { lockSeries, type SeriesRow, updateSeries } from './queries.ts';
import { findIndex, findOccurrence, type Occurrence, type Recurrence } from './recurrence.ts';
import { answerSeries, type SeriesAnswer } from './service.ts';

/**
 * Changes or cancels one appointment of a series, it and the following ones, or all that are still to come; all of them or none.
 * One that was moved or canceled by itself stays as it is when the others change, and so do those of colleagues whose appointments
 * the person may not write. Throws not_found, stale, invalid_request,
 * forbidden, invalid_transition, not_bookable, and series_conflict with the dates that are not free.
 */
export async function changeSeries(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: SeriesPatch,
): Promise<SeriesAnswer> {
  const change =
    (taken: ReadonlySet<number>) =>
    async (tx: Transaction): Promise<SeriesAnswer> => {
      const series = await lockSeries(tx, id, scopeFor(actor, 'agenda.write'));
      if (series === undefined) throw notFound();
      if (!matches(series.version)) throw conflict('stale');
      const target = await findTarget(tx, actor, series, patch);
      if (patch.cancel !== undefined) await cancel(tx, actor, target, patch.cancel);
      else await move(tx, actor, target, patch, taken);
      return answerSeries(tx, actor, id);
    };
  try {
    return await runAgainAfterRace(() => db.write(actor, change(new Set())));
  } catch (error) {
    if (!(error instanceof TimeTaken)) throw error;
    // Told by the dates, as if they had been found taken before.
    const taken = new Set(error.clashes.map(({ wish }) => wish.startAt.getTime()));
    return db.write(actor, change(taken));
  }
}

interface Target {
  readonly series: SeriesRow;
  readonly recurrence: Recurrence;
  readonly scope: SeriesPatch['scope'];
  readonly named: AppointmentRow;
  /** Those that the change is about, that the person may write and that have not begun, the named one too. */
  readonly coming: readonly AppointmentRow[];
}

const isComing = (row: AppointmentRow): boolean =>
  (row.status === 'scheduled' || row.status === 'confirmed') && row.start_at > new Date();

const placeOf = ({ original_start: original, start_at: start }: AppointmentRow): number =>
  (original ?? start).getTime();

async function findTarget(
  tx: Transaction,
  actor: Actor,
  series: SeriesRow,
  { appointmentId, scope, visitType, professionalId }: SeriesPatch,
): Promise<Target> {
  const [rows, type] = await Promise.all([
    listAppointmentsOfSeries(tx, series.clinic_id, series.id),
    visitType === undefined ? undefined : findVisitType(tx, series.clinic_id, visitType),
  ]);
  if (visitType !== undefined && type?.active !== true) throw invalidField('visitType', 'visit_type_not_found');
  const own = rows.filter((row) => mayFor(actor, 'agenda.write', row.professional_id, row.client_id));
  const named = own.find(({ id }) => id === appointmentId);
  if (named === undefined) throw notFound();
  const isMeant = (row: AppointmentRow): boolean =>
    row.id === named.id || scope === 'all' || (scope === 'following' && placeOf(row) >= placeOf(named));
  const recurrence = {
    localStart: series.local_start,
    timeZone: series.time_zone,
    rule: series.rule as SeriesRule,
  };
  const coming = own.filter((row) => isMeant(row) && isComing(row));
  if (professionalId !== undefined)
    for (const { client_id: clientId } of [series, ...coming])
      if (!mayFor(actor, 'agenda.write', professionalId, clientId)) throw forbidden();
  return { series, recurrence, scope, named, coming };
}

/** Cancels; of more than one, the series ends there. */
async function cancel(
  tx: Transaction,
  actor: Actor,
  { series, scope, named, coming }: Target,
  cancellation: NonNullable<SeriesPatch['cancel']>,
): Promise<void> {
  if (scope === 'one' && coming.length === 0) throw conflict('invalid_transition');
  const ids = coming.map(({ id }) => id);
  const first = scope === 'following' ? new Date(placeOf(named)) : new Date();
  const endedOn = toLocalDate(first, series.time_zone);
  const isEarlier = series.ended_on === null || endedOn < series.ended_on;
  await cancelAppointments(tx, actor, ids, cancellation);
  await Promise.all([
    updateSeries(
      tx,
      { clinicId: series.clinic_id, id: series.id },
      scope !== 'one' && isEarlier ? { ended_on: endedOn } : {},
    ),
    note(tx, actor, series, scope === 'one' ? 'series_changed' : 'series_ended'),
  ]);
}

const note = (tx: Transaction, actor: Actor, { id }: SeriesRow, action: 'series_changed' | 'series_ended') =>
  recordEvent(tx, actor, { action, recordType: 'series', recordId: id });

const minutesOf = (row: AppointmentRow): number => (row.end_at.getTime() - row.start_at.getTime()) / 60_000;

/** Whether the appointment is as the series has it: neither moved nor lengthened by itself. */
const isRegular = (row: AppointmentRow, series: SeriesRow): boolean =>
  placeOf(row) === row.start_at.getTime() && minutesOf(row) === series.duration_minutes;

async function move(
  tx: Transaction,
  actor: Actor,
  target: Target,
  patch: SeriesPatch,
  taken: ReadonlySet<number>,
): Promise<void> {
  const { series, scope, named, coming } = target;
  if (!coming.includes(named)) throw conflict('invalid_transition');
  const moving = coming.filter((row) => row === named || isRegular(row, series));
  const minutes = patch.durationMinutes ?? (scope === 'one' ? minutesOf(named) : series.duration_minutes);
  const shift = planShift(target, patch.localStart);
  const ignoredIds = moving.map(({ id }) => id);
  const placed = moving.map((row) => ({
    occurrence: shift.moveTo(row),
    place: {
      ...{ clinicId: series.clinic_id, clientId: row.client_id, minutes, ignoredIds },
      professionalId: patch.professionalId ?? row.professional_id,
      roomId: patch.roomId === undefined ? row.room_id : patch.roomId,
    },
  }));
  const planned = await planDates(tx, placed, patch.choices);
  const dates = planned.map((date, index) => settle(date, moving[index], taken));
  if (dates.some(({ isSettled }) => !isSettled)) throw seriesConflict(await describeDates(tx, dates));
  const left = moving.filter((_, index) => dates[index]?.startAt === undefined).map(({ id }) => id);
  await cancelAppointments(tx, actor, left, {});
  await moveAppointments(tx, actor, listMoves(moving, dates, patch), 'series');
  await Promise.all([
    updateSeries(
      tx,
      { clinicId: series.clinic_id, id: series.id },
      scope === 'one' ? {} : { ...shift.values, ...valuesOf(patch) },
    ),
    note(tx, actor, series, 'series_changed'),
  ]);
}

/** A time that an appointment has already is settled, whatever the hours are by now, as long as nobody else has it. */
function settle(date: PlannedDate, row: AppointmentRow | undefined, taken: ReadonlySet<number>): PlannedDate {
  if (date.startAt !== undefined && taken.has(date.startAt.getTime()))
    return { ...date, state: 'conflict', isSettled: false };
  const stays = row !== undefined && date.startAt?.getTime() === row.start_at.getTime() && date.state !== 'conflict';
  return stays ? { ...date, isSettled: true } : date;
}

const listMoves = (
  moving: readonly AppointmentRow[],
  dates: readonly PlannedDate[],
  { professionalId, roomId, visitType, title, scope, localStart }: SeriesPatch,
) =>
  moving.flatMap(({ id }, index) => {
    const date = dates[index];
    if (date?.startAt === undefined) return [];
    const endAt = new Date(date.startAt.getTime() + date.place.minutes * 60_000);
    return [
      {
        ...{ id, startAt: date.startAt, endAt, professionalId, roomId, visitType, title },
        originalStart: scope === 'one' || localStart === undefined ? undefined : date.occurrence.startAt,
      },
    ];
  });

/** What the series has from now on. */
const valuesOf = ({ professionalId, roomId, durationMinutes, visitType, title }: SeriesPatch) => ({
  ...(professionalId === undefined ? {} : { professional_id: professionalId }),
  ...(roomId === undefined ? {} : { room_id: roomId }),
  ...(durationMinutes === undefined ? {} : { duration_minutes: durationMinutes }),
  ...(visitType === undefined ? {} : { visit_type: visitType }),
  ...(title === undefined ? {} : { title }),
});

interface Shift {
  /** Where the date of an appointment moves to. */
  readonly moveTo: (row: AppointmentRow) => Occurrence;
  /** What changes of the series: it counts from the named appointment now. */
  readonly values: { readonly local_start?: string; readonly rule?: string; readonly planned_through?: string };
}

/** How the dates move when the named appointment gets another wall time: by the same rule, counted from it. */
function planShift({ series, recurrence, scope, named }: Target, localStart: string | undefined): Shift {
  if (localStart === undefined) return { moveTo: (row) => stay(row, series), values: {} };
  const after = { ...recurrence, localStart };
  const place = findIndex(recurrence, new Date(placeOf(named)));
  const moveNamed = (row: AppointmentRow): Occurrence => (row === named ? findOccurrence(after, 0) : stay(row, series));
  // A clinic that has moved to another time zone: the dates are where they are.
  if (scope === 'one' || place === undefined) return { moveTo: moveNamed, values: {} };
  const { count } = recurrence.rule;
  const rule = { ...recurrence.rule, ...(count === undefined ? {} : { count: Math.max(1, count - place) }) };
  return {
    moveTo: (row) => {
      const index = findIndex(recurrence, new Date(placeOf(row)));
      return index === undefined ? stay(row, series) : findOccurrence(after, index - place);
    },
    values: {
      local_start: localStart,
      rule: JSON.stringify(rule),
      planned_through: findOccurrence(after, findLastPlanned(recurrence, series.planned_through) - place).date,
    },
  };
}

const stay = (row: AppointmentRow, { time_zone: timeZone }: SeriesRow): Occurrence => ({
  index: 0,
  date: toLocalDate(row.start_at, timeZone),
  startAt: row.start_at,
  isMissing: false,
});

/** The index of the last date that was planned. */
function findLastPlanned(recurrence: Recurrence, through: string): number {
  let index = 0;
  while (findOccurrence(recurrence, index + 1).date <= through) index += 1;
  return index;
}
