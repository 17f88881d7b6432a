import type { Column } from '../reading/columns/columns.ts';
import type { FileProblemCode } from '../reading/records/records.ts';
import type { ColumnChoice, ImportOptions } from '../sources/row-source.ts';

/** A FileProblem in a message. */
export interface SentProblem {
  readonly code: FileProblemCode;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Rows and heads are JSON text, because copying one text is cheaper than copying thousands of objects. */
export type Result =
  | { readonly kind: 'opened'; readonly header: readonly string[]; readonly isNamed: boolean }
  | { readonly kind: 'mapped'; readonly columns: readonly Column[]; readonly isOwnExport: boolean }
  | { readonly kind: 'unmapped'; readonly problem: SentProblem; readonly head: string }
  | { readonly kind: 'rows'; readonly rows: string; readonly head: string | undefined }
  | { readonly kind: 'end'; readonly head: string | undefined }
  | { readonly kind: 'failed'; readonly problem: SentProblem }
  /** An error of our code, not of the file. */
  | { readonly kind: 'broken'; readonly stack: string };

/** Messages of the reading process. After `unmapped`, `end`, `failed` and `broken` it is ready for another file. */
export type FromReader =
  | Result
  /** Requests the next bytes of a reading. The first request starts the reading. */
  | { readonly kind: 'want_bytes'; readonly reading: number }
  | { readonly kind: 'stop_reading'; readonly reading: number }
  /** Sent every second while it reads a file. */
  | { readonly kind: 'alive'; readonly cpuSeconds: number };

export type ToReader =
  | { readonly kind: 'open'; readonly bytes: number; readonly options: ImportOptions }
  | { readonly kind: 'map'; readonly choice: ColumnChoice }
  /** Allows one more batch of rows. */
  | { readonly kind: 'take' }
  | { readonly kind: 'bytes'; readonly reading: number; readonly bytes: Uint8Array | undefined };
