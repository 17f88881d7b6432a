import { brokenConstraint, isDeadlock, isUnavailable } from '../../../db/errors.ts';
import { ChangedMeanwhile } from '../../clients/bulk-api.ts';
import { NotAllowed } from '../access/authority.ts';
import { FileProblem } from '../reading/records/records.ts';
import { type FailureRow, ofWhole } from '../reporting/messages.ts';

/** The import ends because the process is being stopped. */
export class ImportStopped extends Error {}

/** Whether a date showed that earlier dates were read in the wrong order. */
export const isMonthFirst = (error: unknown): boolean => error instanceof FileProblem && error.code === 'month_first';

/** Somebody took a time that was free a moment before: times within a file are kept apart before they are written. */
const isTimeTaken = (error: unknown): boolean =>
  /^appointments_(professional|room)_free$/.test(brokenConstraint(error) ?? '');

/** Whether somebody changed a client, the agenda or the requester's role in the meantime: then the import can start over. */
export const isRace = (error: unknown): boolean =>
  error instanceof ChangedMeanwhile || isDeadlock(error) || isTimeTaken(error);

/** Whether a phone or document of the file is taken: by somebody who changed clients in the meantime, or by our own fault. */
export const isTaken = (error: unknown): boolean =>
  /^clients_(phone|document)_key$/.test(brokenConstraint(error) ?? '');

/**
 * What is stored about an error that ends an import, and whether it was foreseen.
 * @param isRaced whether somebody else changed clients in the meantime
 */
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
