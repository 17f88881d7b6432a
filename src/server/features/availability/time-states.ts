import type { Transaction } from '../../db/transaction.ts';

export interface Span {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Where an appointment is to take place: the times of whom, and of which room. */
export interface SlotRequest {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly roomId?: string | null;
  /** Appointments whose own time counts as free, because they are the ones that move. */
  readonly ignoredIds?: readonly string[];
}

export interface TimeQuestion extends SlotRequest {
  readonly times: readonly Span[];
}

/** `conflict`: an appointment is there; `absent`: time off; `closed`: outside the hours. The first that applies, in this order. */
export type TimeState = 'free' | 'conflict' | 'holiday' | 'absent' | 'closed';

/** What each of the times is, in their order. In a system transaction, too. */
export function classifyTimes(_tx: Transaction, _question: TimeQuestion): Promise<TimeState[]> {
  return Promise.reject(new Error('not yet'));
}
