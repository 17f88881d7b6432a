import type { AppointmentStatus } from '../../../shared/contracts/agenda/appointments.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Author } from './author.ts';
import type { AppointmentRow } from './finding.ts';

export interface StatusChange {
  readonly id: string;
  readonly to: AppointmentStatus;
  readonly reason?: string | null | undefined;
  readonly askedBy?: 'client' | 'clinic' | undefined;
  readonly owesMakeup?: boolean | undefined;
  /** Takes a canceled one back into a time that is busy by now. */
  readonly overlapReason?: string | undefined;
}

/** Takes rights for granted. Throws not_found, invalid_transition, TimeTaken. */
export function changeStatus(_tx: Transaction, _author: Author, _change: StatusChange): Promise<AppointmentRow> {
  return Promise.reject(new Error('not yet'));
}

/** Cancels those of the appointments that are not in a final state. @returns the ids of those that were canceled */
export function cancelAppointments(
  _tx: Transaction,
  _author: Author,
  _ids: readonly string[],
  _cancellation: Pick<StatusChange, 'reason' | 'askedBy'>,
): Promise<string[]> {
  return Promise.reject(new Error('not yet'));
}

/**
 * Notes what the client asked for by the link of a message. `confirm` also confirms a scheduled appointment; of anything else the
 * clinic decides. Throws not_found, invalid_transition once it is final or has begun.
 */
export function addClientAnswer(
  _tx: Transaction,
  _author: Author,
  _id: string,
  _answer: 'confirm' | 'cancel' | 'reschedule',
): Promise<AppointmentRow> {
  return Promise.reject(new Error('not yet'));
}
