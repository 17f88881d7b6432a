import type { Transaction } from '../../db/transaction.ts';
import type { Author } from './author.ts';
import type { AppointmentRow } from './finding.ts';

/** What changes of one appointment; whatever is left out stays. */
export interface AppointmentMove {
  readonly id: string;
  readonly startAt?: Date;
  readonly endAt?: Date;
  readonly professionalId?: string;
  readonly roomId?: string | null;
  readonly clientId?: string;
  readonly visitType?: string;
  readonly title?: string | null;
  readonly location?: string | null;
  readonly notes?: string | null;
  readonly makeupOf?: string | null;
  readonly packageId?: string | null;
  /** Another series, or another start that its series gave it. */
  readonly seriesId?: string | null;
  readonly originalStart?: Date | null;
  readonly overlapReason?: string;
  readonly allowClientOverlap?: boolean;
}

/**
 * Changes all of them or none, in the caller's transaction. None collides with the old time of itself or another one of them.
 * Takes rights for granted. Throws not_found, invalid_transition (of a final state), TimeTaken, not_bookable, invalid_request.
 * @returns them in the order given
 */
export function moveAppointments(
  _tx: Transaction,
  _author: Author,
  _moves: readonly AppointmentMove[],
  _action: 'update' | 'move' | 'shift' | 'series',
): Promise<AppointmentRow[]> {
  return Promise.reject(new Error('not yet'));
}
