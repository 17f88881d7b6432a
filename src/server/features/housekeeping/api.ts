import type { Purge } from '../../db/purge.ts';
import { repeatInSteps } from '../../db/repeat-in-steps.ts';
import type { Database } from '../../db/transaction.ts';

/** Rows per transaction; few, so that sign-ins do not wait for locks. */
const batch = 5000;

/** Deletes rows that are no longer needed, by the purges of all features. @returns the number of rows by name of purge */
export async function purge(
  db: Database,
  purges: Readonly<Record<string, Purge>>,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const [name, deleteOutlived] of Object.entries(purges)) {
    counts[name] = await repeatInSteps(() => db.system((tx) => deleteOutlived(tx, batch)), batch);
  }
  return counts;
}
