import { brokenConstraint, isDeadlock, isUnavailable } from '../../../db/errors.ts';
import { ChangedMeanwhile } from '../../clients/bulk-api.ts';
import { NotAllowed } from '../access/authority.ts';
import { FileProblem } from '../reading/records/records.ts';
import type { FailureRow } from '../reporting/messages.ts';

/** The process is being stopped. */
export class ImportStopped extends Error {}

/** A date far down has shown that those above it were read the wrong way round. */
export const isMonthFirst = (error: unknown): boolean => error instanceof FileProblem && error.code === 'month_first';

/** Somebody changed a client or the importing person's role meanwhile: starting over resolves that. */
export const isRace = (error: unknown): boolean => error instanceof ChangedMeanwhile || isDeadlock(error);

/** Somebody has a phone or a document of the file: whoever created or changed a client meanwhile, or a fault of ours. */
export const isTaken = (error: unknown): boolean =>
  /^clients_(phone|document)_key$/.test(brokenConstraint(error) ?? '');

const ofWhole = (code: string): FailureRow => ({ code, line: null, column: null, details: {} });

/** What is told of an error that ends an import, and whether it was foreseen; `isRaced` where others were faster. */
export function failureOf(
  error: unknown,
  isRaced: boolean,
): {
  readonly failure: FailureRow | 'interrupted';
  readonly isForeseen: boolean;
} {
  if (error instanceof FileProblem) {
    const { code, line = null, column = null, details } = error;
    return { failure: { code, line, column, details }, isForeseen: true };
  }
  if (error instanceof NotAllowed) return { failure: ofWhole(error.code), isForeseen: true };
  if (isRaced) return { failure: ofWhole('changed_meanwhile'), isForeseen: true };
  return { failure: isUnavailable(error) ? 'interrupted' : ofWhole('internal'), isForeseen: false };
}
