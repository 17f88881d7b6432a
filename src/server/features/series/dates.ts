import type { SeriesDate, SeriesInput } from '../../../shared/contracts/agenda/series.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, type DomainError, invalidField } from '../../domain-error.ts';
import { classifyTimes, findNearestSlots } from '../availability/api.ts';
import { listClientOverlaps } from './queries.ts';
import type { Occurrence } from './recurrence.ts';

/** Where the dates of a series are to take place. */
export interface Place {
  readonly clinicId: string;
  readonly clientId: string;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly minutes: number;
  /** Appointments that are the ones to be moved. */
  readonly ignoredIds?: readonly string[];
}

export type Choices = NonNullable<SeriesInput['choices']>;

/** A date of a series, what it is, and what is to become of it. */
export interface PlannedDate {
  readonly occurrence: Occurrence;
  readonly state: SeriesDate['state'];
  /** When it is to be booked; undefined when it is left out. */
  readonly startAt: Date | undefined;
  /** It can be booked, or is left out. */
  readonly isSettled: boolean;
}

const minute = 60_000;

const endOf = (startAt: Date, minutes: number): Date => new Date(startAt.getTime() + minutes * minute);

/** What each start is for professional, room and client. */
async function classify(tx: Transaction, place: Place, starts: readonly Date[]): Promise<SeriesDate['state'][]> {
  if (starts.length === 0) return [];
  const { ignoredIds = [] } = place;
  const times = starts.map((startAt) => ({ startAt, endAt: endOf(startAt, place.minutes) }));
  const [states, elsewhere] = await Promise.all([
    classifyTimes(tx, { ...place, times }),
    listClientOverlaps(tx, place.clinicId, place.clientId, times, ignoredIds),
  ]);
  return states.map((state, index) => (elsewhere.has(index) ? 'conflict' : state));
}

/**
 * Decides about each date. One that is free, or that has been chosen otherwise, is settled; a choice may take place outside the
 * hours or on a holiday, but not where somebody else is. Throws invalid_request for choices of other dates.
 */
export async function planDates(
  tx: Transaction,
  place: Place,
  occurrences: readonly Occurrence[],
  choices: Choices = {},
): Promise<PlannedDate[]> {
  const dates = new Set(occurrences.map(({ date }) => date));
  const unknown = Object.keys(choices).find((date) => !dates.has(date));
  if (unknown !== undefined) throw invalidField(`choices.${unknown}`, 'invalid_value');
  const chosen = occurrences.map(({ date }) => {
    const choice = choices[date];
    return choice === undefined || choice === 'skip' ? choice : new Date(choice);
  });
  const states = await classify(
    tx,
    place,
    occurrences.map(({ startAt }) => startAt),
  );
  const others = chosen.filter((choice) => choice instanceof Date);
  const otherStates = await classify(tx, place, others);
  return occurrences.map((occurrence, index) => {
    const state = occurrence.isMissing ? 'missing' : (states[index] ?? 'conflict');
    const choice = chosen[index];
    if (choice === 'skip') return { occurrence, state, startAt: undefined, isSettled: true };
    if (choice === undefined) return { occurrence, state, startAt: occurrence.startAt, isSettled: state === 'free' };
    const isTaken = otherStates[others.indexOf(choice)] === 'conflict';
    return { occurrence, state: isTaken ? 'conflict' : state, startAt: choice, isSettled: !isTaken };
  });
}

/** The most dates that an alternative is looked for; each is a statement of its own. */
const mostNearest = 60;

/** The dates as an answer shows them, those that are not free with the nearest free start. */
export async function describeDates(
  tx: Transaction,
  { minutes, ...place }: Place,
  planned: readonly PlannedDate[],
): Promise<SeriesDate[]> {
  const blocked = planned.filter(({ state }) => state !== 'free').slice(0, mostNearest);
  const nearest = await Promise.all(
    blocked.map(({ occurrence }) => findNearestSlots(tx, { ...place, minutes, startAt: occurrence.startAt, count: 1 })),
  );
  return planned.map((date) => {
    const { occurrence, state } = date;
    const shown = { date: occurrence.date, startAt: occurrence.startAt.toISOString(), state };
    const place = blocked.indexOf(date);
    return place === -1 ? shown : { ...shown, nearest: nearest[place]?.[0]?.startAt.toISOString() ?? null };
  });
}

/** Nothing was written: some dates are not settled. */
export const seriesConflict = (dates: readonly SeriesDate[]): DomainError => conflict('series_conflict', { dates });
