import type { Database } from '../../../db/transaction.ts';
import { type Counts, noRows, type Reject } from '../matching/decisions.ts';
import { packRejects } from '../reporting/packed-rejects.ts';
import { deleteRejects, insertRejects } from '../reporting/reject-queries.ts';
import { changeImport, type ImportChange, type StoredImport } from '../stored/import-queries.ts';
import type { FailureRow } from '../reporting/messages.ts';

/** How far an import is. */
export interface Progress {
  readonly counts: Counts;
  /** 0 to 1. */
  readonly share: number;
  /** What the page shows of the file. */
  readonly head: unknown;
}

/**
 * What everybody can see of an import while it runs: each note is a short transaction of its own, beside the long one that
 * writes the clients, and stays when that is rolled back.
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

  /** The process is being stopped: another one begins from the start. */
  queueAgain(): Promise<unknown> {
    return this.#change({ status: 'queued', counts: noRows, progress: 0 });
  }

  /** Forgets the refused rows of an earlier attempt. */
  forgetRejects(): Promise<unknown> {
    return this.#db.system((tx) => deleteRejects(tx, this.#id));
  }

  noteHead(head: unknown): Promise<unknown> {
    return this.#change({ header: head });
  }

  /** Keeps refused rows, and the progress if it is given. */
  async note(rejects: readonly Reject[], progress: Progress | undefined): Promise<void> {
    const pages = await packRejects(rejects);
    await this.#db.system(async (tx) => {
      if (pages.length > 0) await insertRejects(tx, { clinicId: this.#clinicId, importId: this.#id }, pages);
      if (progress === undefined) return;
      const { share, counts, head } = progress;
      await tx.run(changeImport(this.#id, { progress: share, counts, header: head }));
    });
  }

  /** Nothing was kept of it; `interrupted` where another attempt may go well. */
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
