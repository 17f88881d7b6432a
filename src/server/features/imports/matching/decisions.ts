import type { KnownClient } from '../../clients/bulk-api.ts';
import type { RowProblem } from '../reading/rows/rows.ts';

/** What became of the rows of an import. */
export interface Counts {
  readonly processed: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** How many clients came from another professional; only known at the end. */
  readonly moved: number;
  readonly conflicts: number;
  readonly rejected: number;
}

export const noRows: Counts = {
  processed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  moved: 0,
  conflicts: 0,
  rejected: 0,
};

/** A row that was not taken. */
export interface Reject {
  readonly line: number;
  readonly kind: 'rejected' | 'conflict';
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
  /** The client that a conflicting row matched. */
  readonly clientId: string | undefined;
}

/** What a few thousand rows do to clients. */
export interface Decisions {
  readonly created: readonly KnownClient[];
  readonly changed: readonly KnownClient[];
  readonly rejects: readonly Reject[];
  /** Of all rows so far. */
  readonly counts: Counts;
}
