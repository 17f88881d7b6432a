import type { Transaction } from '../../db/transaction.ts';
import type { SlotRequest, Span } from './time-states.ts';

/**
 * The free starts nearest to a time, on the clinic's grid, within two weeks around it and never in the past; ordered by start.
 * In a system transaction, too.
 */
export function findNearestSlots(
  _tx: Transaction,
  _request: SlotRequest & { readonly startAt: Date; readonly minutes: number; readonly count?: number },
): Promise<Span[]> {
  return Promise.reject(new Error('not yet'));
}
