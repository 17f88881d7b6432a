import { addDays, toLocalDate } from '../../../shared/zoned-time.ts';
import { planOnce } from '../../db/plan-once.ts';
import type { Transaction } from '../../db/transaction.ts';
import { listTimeStates, selectTimeZone } from './hours-queries.ts';

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

/**
 * `conflict`: an appointment is there; `absent`: time off; `holiday`: the clinic is closed that day; `closed`: outside the hours. The
 * first that applies, in this order.
 */
export type TimeState = 'free' | 'conflict' | 'absent' | 'holiday' | 'closed';

/** What each of the times is, in their order. In a system transaction, too; not in a read, because it asks twice. */
export async function classifyTimes(tx: Transaction, asked: TimeQuestion): Promise<TimeState[]> {
  const { clinicId, professionalId, roomId = null, ignoredIds = [], times } = asked;
  const timeZone = await selectTimeZone(tx, clinicId);
  const dated = times.map((time) => ({ ...time, day: toLocalDate(time.startAt, timeZone) }));
  const days = [...new Set(dated.flatMap(({ day }) => [day, addDays(day, 1)]))];
  const question = { clinicId, professionalId, roomId, ignoredIds, days, times: dated };
  const rows = await planOnce(tx, () => listTimeStates(tx, question));
  return rows.map(({ state }) => state as TimeState);
}
