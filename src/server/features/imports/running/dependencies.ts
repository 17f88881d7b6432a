import type { Database } from '../../../db/transaction.ts';
import type { Counts } from '../matching/decisions.ts';

export interface ImportDependencies {
  readonly db: Database;
  /** The database's URL, because an import uses its own connection. */
  readonly url: string;
  /** Called a few times per second; `share` is 0 to 1. */
  readonly onProgress?: (progress: { readonly counts: Counts; readonly share: number }) => void;
  /** Stops an import when aborted; it is then queued again. */
  readonly signal?: AbortSignal;
  /** Called with unforeseen errors. */
  readonly onError?: (error: unknown) => void;
}
