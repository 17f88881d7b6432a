import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Transaction } from '../../db/transaction.ts';
import { foldCounts } from './count-queries.ts';
import { indexClients } from './queries.ts';

/** How long indexing rests while people use the server, as a multiple of what its last step took. */
const restOfSteps = 3;

/**
 * Adds waiting clients of large imports to the search index until none waits. Until then searches read them one by one. Two
 * processes can do that at once; each leaves three quarters of its time to the people who use it meanwhile.
 * @returns the number added
 */
export const indexWaitingClients = (db: Database, stopping: AbortSignal): Promise<number> =>
  repeatInSteps(db, { limit: 2000, step: indexClients, stopping, rest: restOfSteps });

/** Adds noted changes up to the kept counts. Until then whoever counts clients adds them up. @returns the number of changes */
export const foldClientCounts = (db: Database, stopping?: AbortSignal): Promise<number> =>
  repeatInSteps(db, { limit: 20_000, step: foldCounts, stopping, rest: 0 });

interface Steps {
  /** How much one step does at most. */
  readonly limit: number;
  readonly step: (tx: Transaction, limit: number) => Promise<number>;
  readonly stopping: AbortSignal | undefined;
  /** While others use the database, the rest after a step as a multiple of its time. */
  readonly rest: number;
}

/** Repeats a step in short transactions until it does less than it may, or the process stops. @returns the sum */
async function repeatInSteps(db: Database, { limit, step, stopping, rest }: Steps): Promise<number> {
  for (let total = 0; ;) {
    const begun = performance.now();
    const done = await db.system((tx) => step(tx, limit));
    total += done;
    if (done < limit || stopping?.aborted === true) return total;
    if (db.isInUse) await sleep(rest * (performance.now() - begun));
  }
}
