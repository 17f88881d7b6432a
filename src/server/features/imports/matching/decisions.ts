import type { KnownClient } from '../../clients/bulk-api.ts';
import type { ImportedAppointment } from '../../appointments/bulk-api.ts';
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
  /** Appointments that are new in the agenda, and those that were there already; known only at the end. */
  readonly booked: number;
  readonly standing: number;
  /** Clients that came in without the appointment of their row. */
  readonly unbooked: number;
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
  booked: 0,
  standing: 0,
  unbooked: 0,
  completed_phones: 0,
  left_out: 0,
};

/** A row that was not imported. */
export interface Reject {
  readonly line: number;
  /** `unbooked`: of a row whose client came in, without its appointment. */
  readonly kind: 'rejected' | 'conflict' | 'unbooked';
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
  /** The client that a conflicting row matched, or who has the time that it wants. */
  readonly clientId: string | undefined;
}

/** An appointment that a row brings. */
export interface WantedAppointment {
  readonly appointment: ImportedAppointment;
  readonly line: number;
  /** The row as in the file, for the list of rejected rows. */
  readonly cells: readonly string[];
  /** The column and text of its start. */
  readonly column: number;
  readonly value: string;
}

/** What a chunk of a few thousand rows changes. */
export interface Decisions {
  readonly created: readonly KnownClient[];
  readonly changed: readonly KnownClient[];
  readonly appointments: readonly WantedAppointment[];
  readonly rejects: readonly Reject[];
  /** Counts of all rows so far, not only of this chunk. */
  readonly counts: Counts;
}
