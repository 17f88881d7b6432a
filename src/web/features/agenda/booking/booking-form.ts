import type { AppointmentInput } from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf, minutesSince, toWallTime, wallTimeAt } from '../../../lib/wall-time.ts';

/** Somebody known, or somebody who is registered along with the booking. */
export type ChosenClient =
  | { readonly kind: 'known'; readonly id: string; readonly name: string; readonly professionalId?: string | undefined }
  | { readonly kind: 'new'; readonly name: string; readonly phone: string };

/** What the dialog holds; undefined where the person has not chosen, so that a default stands. */
export interface BookingValues {
  readonly client: ChosenClient | undefined;
  readonly professionalId: string | undefined;
  readonly visitType: string | undefined;
  /** Wall time of the clinic. */
  readonly localStart: string | undefined;
  readonly durationMinutes: number | undefined;
  readonly roomId: string | undefined;
  /** Null for none although the client has one. */
  readonly packageId: string | null | undefined;
  readonly title: string;
  readonly notes: string;
}

interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

/** A few free times to choose from: the first of each of the next days. */
export function pickOffers(
  slots: readonly Slot[],
  { timeZone, days, perDay }: { readonly timeZone: string; readonly days: number; readonly perDay: number },
): Slot[] {
  const byDay = Map.groupBy(slots, ({ startAt }) => dayOf(toWallTime(startAt, timeZone)));
  return [...byDay.values()].slice(0, days).flatMap((times) => spread(times, perDay));
}

/** So many of a list, evenly: with the first, because the earliest is what most people want. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  const step = items.length / count;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** Starts to choose from in a long gap, on the half hours; the first is the gap's own. */
export function listStarts(from: string, freeMinutes: number, duration: number): string[] {
  const day = dayOf(from);
  const first = minutesSince(day, from);
  const last = first + freeMinutes - duration;
  const half = Math.ceil((first + 1) / 30) * 30;
  const count = Math.max(0, Math.floor((last - half) / 30) + 1);
  const later = Array.from({ length: count }, (_, index) => half + index * 30);
  return [first, ...later].map((minutes) => wallTimeAt(day, minutes));
}

/** “Maria da Silva” as first and last name. */
export function splitName(name: string): { readonly firstName: string; readonly lastName: string | null } {
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.length === 0 ? null : rest.join(' ') };
}

/** The body of a booking. */
export function buildBooking(
  values: Omit<BookingValues, 'packageId'> & {
    readonly professionalId: string;
    readonly visitType: string;
    readonly localStart: string;
    readonly packageId: string | undefined;
  },
  clientId: string,
  makeupOf: string | undefined,
): AppointmentInput {
  const { professionalId, visitType, localStart, durationMinutes, roomId, packageId, title, notes } = values;
  return {
    clientId,
    professionalId,
    visitType,
    localStart,
    ...(durationMinutes !== undefined && { durationMinutes }),
    ...(roomId !== undefined && { roomId }),
    ...(packageId !== undefined && { packageId }),
    ...(title.trim() !== '' && { title: title.trim() }),
    ...(notes.trim() !== '' && { notes }),
    ...(makeupOf !== undefined && { makeupOf }),
  };
}
