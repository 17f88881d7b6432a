import type { Database } from '../../../db/transaction.ts';
import { type Counts, noRows, type Reject } from '../matching/decisions.ts';
import { packRejects } from '../reporting/packed-rejects.ts';
import { deleteRejects, insertRejects } from '../reporting/reject-queries.ts';
import { changeImport, type ImportChange, type StoredImport } from '../stored/import-queries.ts';
import type { FailureRow } from '../reporting/messages.ts';

/** The progress of an import. */
export interface Progress {
  readonly counts: Counts;
  /** 0 to 1. */
  readonly share: number;
  /** What the web page shows about the file. */
  readonly head: unknown;
}

/**
 * Writes what everybody can see of an import while it runs. Each note is a short separate transaction, so it stays when the long
 * transaction that writes the clients is rolled back.
 */
export class Journal {
  readonly #db: Database;
  readonly #id: string;
  readonly #clinicId: string;

  constructor(db: Database, { id, clinic_id: clinicId }: StoredImport) {
    this.#db = db;
    this.#id = id;
    this.#clinicId = clinicId;
  }

  start(): Promise<unknown> {
    return this.#change({ status: 'running', started: true });
  }

  /** Puts the import back into the queue because the process is being stopped: another one starts over. */
  queueAgain(): Promise<unknown> {
    return this.#change({ status: 'queued', counts: noRows, progress: 0 });
  }

  /** Deletes the rejected rows of an earlier attempt. */
  forgetRejects(): Promise<unknown> {
    return this.#db.system((tx) => deleteRejects(tx, this.#id));
  }

  noteHead(head: unknown): Promise<unknown> {
    return this.#change({ header: head });
  }

  /** Stores rejected rows, and the progress if given. */
  async note(rejects: readonly Reject[], progress: Progress | undefined): Promise<void> {
    const pages = await packRejects(rejects);
    await this.#db.system(async (tx) => {
      if (pages.length > 0) await insertRejects(tx, { clinicId: this.#clinicId, importId: this.#id }, pages);
      if (progress === undefined) return;
      const { share, counts, head } = progress;
      await tx.run(changeImport(this.#id, { progress: share, counts, header: head }));
    });
  }

  /** Ends the import without any result; `interrupted` when another attempt may succeed. */
  async end(failure: FailureRow | 'interrupted'): Promise<void> {
    const how: ImportChange = failure === 'interrupted' ? { status: failure } : { status: 'failed', failure };
    await this.#db.system(async (tx) => {
      await deleteRejects(tx, this.#id);
      await tx.run(changeImport(this.#id, { ...how, finished: true, counts: noRows }));
    });
  }

  #change(change: ImportChange): Promise<unknown> {
    return this.#db.system((tx) => tx.run(changeImport(this.#id, change)));
  }
}
