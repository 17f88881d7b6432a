import type { Database, Transaction } from '../../db/transaction.ts';
import { foldCounts } from './count-queries.ts';
import { indexClients } from './queries.ts';

/**
 * Adds waiting clients of large imports to the search index until none waits. Until then searches read them one by one.
 * @returns the number added
 */
export const indexWaitingClients = (db: Database): Promise<number> => repeatInSteps(db, 2000, indexClients);

/** Adds noted changes up to the kept counts. Until then whoever counts clients adds them up. @returns the number of changes */
export const foldClientCounts = (db: Database): Promise<number> => repeatInSteps(db, 20_000, foldCounts);

/** Repeats a step in short transactions until it does less than it may. @returns the sum */
async function repeatInSteps(
  db: Database,
  limit: number,
  step: (tx: Transaction, limit: number) => Promise<number>,
): Promise<number> {
  for (let total = 0; ;) {
    const done = await db.system((tx) => step(tx, limit));
    total += done;
    if (done < limit) return total;
  }
}
