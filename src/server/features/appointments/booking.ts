import type { Transaction } from '../../db/transaction.ts';
import type { Author } from './author.ts';
import type { AppointmentRow } from './finding.ts';

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

/**
 * Books all of them or none, in the caller's transaction; locks the agendas of all professionals, rooms and clients at once.
 * Takes rights for granted. Throws TimeTaken, not_bookable, invalid_request. @returns them in the order given
 */
export function bookAppointments(
  _tx: Transaction,
  _author: Author,
  _bookings: readonly NewAppointment[],
): Promise<AppointmentRow[]> {
  return Promise.reject(new Error('not yet'));
}
