import { planOnce } from '../../db/plan-once.ts';
import type { Transaction } from '../../db/transaction.ts';
import { daysAround } from './free-times.ts';
import { listFreeTimesOfOne } from './hours-queries.ts';
import { listStarts, makeGrid } from './slots.ts';
import type { SlotRequest, Span } from './time-states.ts';

interface NearestRequest extends SlotRequest {
  /** Also has to be free, if given. */
  readonly clientId?: string;
  readonly startAt: Date;
  readonly minutes: number;
  /** Three without it. */
  readonly count?: number;
}

const day = 86_400_000;
const minute = 60_000;

/**
 * The free times nearest to one, on the clinic's grid, from a week before to a month after it and never in the past; ordered by
 * start. Works in a read and in a system
 * transaction. In a race many ask at once, on connections that are new.
 */
export async function findNearestSlots(tx: Transaction, request: NearestRequest): Promise<Span[]> {
  const { clinicId, professionalId, roomId = null, clientId = null, ignoredIds = [], count = 3 } = request;
  const { startAt, minutes } = request;
  const now = Date.now();
  const from = new Date(Math.max(now, startAt.getTime() - 7 * day)).toISOString();
  const to = new Date(Math.max(now, startAt.getTime()) + 31 * day).toISOString();
  const row = await planOnce(tx, () =>
    listFreeTimesOfOne(tx, {
      ...{ clinicId, professionalId, roomId, clientId, ignoredIds, minutes },
      ...{ from: { instant: from }, to: { instant: to }, days: daysAround(from, to) },
    }),
  );
  if (row === undefined) return [];
  const wanted = startAt.getTime() / minute;
  return listStarts(row.offered, minutes, makeGrid(row.slot_minutes, row.time_zone))
    .filter((start) => start * minute >= now)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((start) => ({ startAt: new Date(start * minute), endAt: new Date((start + minutes) * minute) }));
}
