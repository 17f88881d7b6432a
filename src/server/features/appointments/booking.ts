import { v7 as uuidv7 } from 'uuid';
import type { Scope } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Author } from './author.ts';
import { noteEvents } from './events.ts';
import { type AppointmentValues, changesBetween, newAppointment } from './fields.ts';
import type { AppointmentRow } from './queries.ts';
import { reserve, type Wish } from './reservation.ts';
import { insertAppointments, type Note } from './write-queries.ts';

export interface NewAppointment {
  /** UUIDv7; made here if it is left out. */
  readonly id?: string;
  readonly clientId: string;
  readonly professionalId: string;
  readonly roomId?: string | null | undefined;
  readonly visitType: string;
  readonly title?: string | null | undefined;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly location?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly makeupOf?: string | null | undefined;
  readonly packageId?: string | null | undefined;
  readonly seriesId?: string | null | undefined;
  readonly originalStart?: Date | null | undefined;
  /** Books into a busy time (encaixe). */
  readonly overlapReason?: string | undefined;
  readonly allowClientOverlap?: boolean | undefined;
}

interface BookingRules {
  /** Whose clients may be named; all of the clinic's without it. */
  readonly clientScope?: Scope;
  readonly action?: 'create' | 'series' | 'import';
}

/**
 * Books all of them or none, in the caller's transaction; locks the agendas of all professionals, rooms and clients at once.
 * Takes rights for granted. Throws TimeTaken, not_found, not_bookable. The transaction runs in `runAgainAfterRace`.
 * @returns them in the order given
 */
export async function bookAppointments(
  tx: Transaction,
  author: Author,
  bookings: readonly NewAppointment[],
  { clientScope, action = 'create' }: BookingRules = {},
): Promise<AppointmentRow[]> {
  if (bookings.length === 0) return [];
  const { timeZone, overlapReasons } = await reserve(tx, author.clinicId, bookings.map(toWish), {
    ...(clientScope && { clientScope }),
  });
  const rows = bookings.map((booking, index) => {
    const values = toValues(booking, timeZone, overlapReasons[index] ?? null);
    return { id: booking.id ?? uuidv7(), values, changes: changesBetween(undefined, values) };
  });
  const note: Note = { action };
  const [added] = await Promise.all([
    insertAppointments(tx, author, rows, note),
    noteEvents(
      tx,
      author,
      'appointment_created',
      rows.map(({ id }) => id),
    ),
  ]);
  return inOrderOf(rows, added);
}

/** Rows of a statement in the order of what it was given. */
export const inOrderOf = (
  given: readonly { readonly id: string }[],
  rows: readonly AppointmentRow[],
): AppointmentRow[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return given.flatMap(({ id }) => byId.get(id) ?? []);
};

const toWish = (booking: NewAppointment): Wish => ({
  clientId: booking.clientId,
  professionalId: booking.professionalId,
  roomId: booking.roomId ?? null,
  startAt: booking.startAt,
  endAt: booking.endAt,
  makeupOf: booking.makeupOf ?? null,
  live: true,
  overlapReason: booking.overlapReason,
  allowClientOverlap: booking.allowClientOverlap,
});

const toValues = (booking: NewAppointment, timeZone: string, overlapReason: string | null): AppointmentValues => ({
  ...newAppointment,
  client_id: booking.clientId,
  professional_id: booking.professionalId,
  room_id: booking.roomId ?? null,
  visit_type: booking.visitType,
  title: booking.title ?? null,
  start_at: booking.startAt,
  end_at: booking.endAt,
  time_zone: timeZone,
  location: booking.location ?? null,
  notes: booking.notes ?? null,
  overlap_reason: overlapReason,
  makeup_of: booking.makeupOf ?? null,
  series_id: booking.seriesId ?? null,
  original_start: booking.originalStart ?? null,
  package_id: booking.packageId ?? null,
});
