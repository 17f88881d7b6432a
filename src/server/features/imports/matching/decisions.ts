import type { KnownClient } from '../../clients/bulk-api.ts';
import type { RowProblem } from '../reading/rows/rows.ts';

/** How many rows of an import had which result. */
export interface Counts {
  readonly processed: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Clients that came from another professional; known only at the end. */
  readonly moved: number;
  /** Clients who had a name and get another one; known only at the end. */
  readonly renamed: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Rows with a phone that was completed by the area code for the whole file. */
  readonly completed_phones: number;
  /** Cells that could not be read and were kept as extra instead. */
  readonly left_out: number;
}

export const noRows: Counts = {
  processed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  moved: 0,
  renamed: 0,
  conflicts: 0,
  rejected: 0,
  completed_phones: 0,
  left_out: 0,
};

/** A row that was not imported. */
export interface Reject {
  readonly line: number;
  readonly kind: 'rejected' | 'conflict';
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
  /** The client that a conflicting row matched. */
  readonly clientId: string | undefined;
}

/** What a chunk of a few thousand rows changes. */
export interface Decisions {
  readonly created: readonly KnownClient[];
  readonly changed: readonly KnownClient[];
  readonly rejects: readonly Reject[];
  /** Counts of all rows so far, not only of this chunk. */
  readonly counts: Counts;
}
