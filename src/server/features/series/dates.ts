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

/** A date of a series, and where it is to take place. */
export interface PlacedDate {
  readonly occurrence: Occurrence;
  readonly place: Place;
}

/** A date of a series, what it is, and what is to become of it. */
export interface PlannedDate extends PlacedDate {
  readonly state: SeriesDate['state'];
  /** When it is to be booked; undefined when it is left out. */
  readonly startAt: Date | undefined;
  /** It can be booked, or is left out. */
  readonly isSettled: boolean;
}

const minute = 60_000;

const endOf = (startAt: Date, minutes: number): Date => new Date(startAt.getTime() + minutes * minute);

/** What each start is for the professional, room and client of one place. */
async function classifyIn(tx: Transaction, place: Place, starts: readonly Date[]): Promise<SeriesDate['state'][]> {
  const { ignoredIds = [] } = place;
  const times = starts.map((startAt) => ({ startAt, endAt: endOf(startAt, place.minutes) }));
  const [states, elsewhere] = await Promise.all([
    classifyTimes(tx, { ...place, times }),
    listClientOverlaps(tx, place.clinicId, place.clientId, times, ignoredIds),
  ]);
  return states.map((state, index) => (elsewhere.has(index) ? 'conflict' : state));
}

interface WantedStart {
  readonly place: Place;
  readonly startAt: Date;
}

/** What each start is where it is wanted, in their order. Those of one place are asked for at once. */
async function classify(tx: Transaction, wanted: readonly WantedStart[]): Promise<SeriesDate['state'][]> {
  const groups = new Map<string, { readonly place: Place; readonly members: WantedStart[] }>();
  for (const each of wanted) {
    const { professionalId, roomId, clientId, minutes } = each.place;
    const key = [professionalId, roomId, clientId, minutes].join();
    const group = groups.get(key) ?? { place: each.place, members: [] };
    groups.set(key, group);
    group.members.push(each);
  }
  const states = new Map<WantedStart, SeriesDate['state']>();
  await Promise.all(
    [...groups.values()].map(async ({ place, members }) => {
      const starts = members.map(({ startAt }) => startAt);
      const found = await classifyIn(tx, place, starts);
      for (const [index, member] of members.entries()) states.set(member, found[index] ?? 'conflict');
    }),
  );
  return wanted.map((each) => states.get(each) ?? 'conflict');
}

/**
 * Decides about each date. One that is free, or that has been chosen otherwise, is settled; a choice may take place outside the
 * hours or on a holiday, but not where somebody else is. Throws invalid_request for choices of other dates.
 */
export async function planDates(
  tx: Transaction,
  placed: readonly PlacedDate[],
  choices: Choices = {},
): Promise<PlannedDate[]> {
  const dates = new Set(placed.map(({ occurrence }) => occurrence.date));
  const unknown = Object.keys(choices).find((date) => !dates.has(date));
  if (unknown !== undefined) throw invalidField(`choices.${unknown}`, 'invalid_value');
  const chosen = placed.map(({ occurrence, place }) => {
    const choice = choices[occurrence.date];
    return choice === undefined || choice === 'skip' ? choice : { place, startAt: new Date(choice) };
  });
  const states = await classify(
    tx,
    placed.map(({ occurrence, place }) => ({ place, startAt: occurrence.startAt })),
  );
  const others = chosen.filter((choice) => typeof choice === 'object');
  const otherStates = await classify(tx, others);
  return placed.map(({ occurrence, place }, index) => {
    const date = { occurrence, place, state: occurrence.isMissing ? 'missing' : (states[index] ?? 'conflict') };
    const choice = chosen[index];
    if (choice === 'skip') return { ...date, startAt: undefined, isSettled: true };
    if (choice === undefined) return { ...date, startAt: occurrence.startAt, isSettled: date.state === 'free' };
    const isTaken = otherStates[others.indexOf(choice)] === 'conflict';
    return { ...date, ...(isTaken && { state: 'conflict' }), startAt: choice.startAt, isSettled: !isTaken };
  });
}

/** The most dates that an alternative is looked for; each is a statement of its own. */
const mostNearest = 60;

/** The dates as an answer shows them, those that are not free with the nearest free start. */
export async function describeDates(tx: Transaction, planned: readonly PlannedDate[]): Promise<SeriesDate[]> {
  const blocked = planned.filter(({ state }) => state !== 'free').slice(0, mostNearest);
  const nearest = await Promise.all(
    blocked.map(({ occurrence, place }) => findNearestSlots(tx, { ...place, startAt: occurrence.startAt, count: 1 })),
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
