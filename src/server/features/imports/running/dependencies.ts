import type { Database } from '../../../db/transaction.ts';
import type { Counts } from '../matching/decisions.ts';

export interface ImportDependencies {
  readonly db: Database;
  /** The same database: an import uses a connection of its own. */
  readonly url: string;
  /** Called a few times per second. */
  readonly onProgress?: (progress: { readonly counts: Counts; readonly share: number }) => void;
  /** Stops an import, which is then queued again. */
  readonly signal?: AbortSignal;
  /** Called with unforeseen errors. */
  readonly onError?: (error: unknown) => void;
}
