import { setTimeout as sleep } from 'node:timers/promises';
import { repeatInSteps } from '../../db/repeat-in-steps.ts';
import type { Database } from '../../db/transaction.ts';
import { foldCounts } from './count-queries.ts';
import { indexClients } from './queries.ts';

/** How long indexing rests while others use the database, as a multiple of what its last step took. */
const restOfStep = 5;

/**
 * Adds waiting clients of large imports to the search index until none waits. Until then searches read them one by one. Two steps
 * run at a time, each on a core; while people use the server, both leave most of their time to them.
 * @returns the number added
 */
export async function indexWaitingClients(db: Database, stopping: AbortSignal): Promise<number> {
  const atOnce = 2000;
  let running = 0;
  const step = async (): Promise<number> => {
    const begun = performance.now();
    running += 1;
    const added = await db
      .system((tx) => indexClients(tx, atOnce))
      .finally(() => {
        running -= 1;
      });
    const isInUse = db.connectionsInUse > running;
    if (isInUse && added === atOnce) await sleep(restOfStep * (performance.now() - begun));
    return added;
  };
  const [one, other] = await Promise.all([
    repeatInSteps(step, atOnce, stopping),
    repeatInSteps(step, atOnce, stopping),
  ]);
  return one + other;
}

/** Adds noted changes up to the kept counts. Until then whoever counts clients adds them up. @returns the number of changes */
export const foldClientCounts = (db: Database, stopping?: AbortSignal): Promise<number> =>
  repeatInSteps(() => db.system((tx) => foldCounts(tx, 20_000)), 20_000, stopping);
