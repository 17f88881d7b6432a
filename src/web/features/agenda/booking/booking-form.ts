import type { AppointmentInput } from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf, toWallTime } from '../../../lib/wall-time.ts';

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

/** “Maria da Silva” as first and last name. */
export function splitName(name: string): { readonly firstName: string; readonly lastName: string | null } {
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.length === 0 ? null : rest.join(' ') };
}

/** The body of a booking. */
export function buildBooking(
  values: BookingValues & { readonly professionalId: string; readonly visitType: string; readonly localStart: string },
  clientId: string,
  makeupOf: string | undefined,
): AppointmentInput {
  const { professionalId, visitType, localStart, durationMinutes, roomId, title, notes } = values;
  return {
    clientId,
    professionalId,
    visitType,
    localStart,
    ...(durationMinutes !== undefined && { durationMinutes }),
    ...(roomId !== undefined && { roomId }),
    ...(title.trim() !== '' && { title: title.trim() }),
    ...(notes.trim() !== '' && { notes }),
    ...(makeupOf !== undefined && { makeupOf }),
  };
}
