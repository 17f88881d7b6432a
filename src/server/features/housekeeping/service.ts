import type { Database } from '../../db/transaction.ts';
import { deleteOutlived, type Disposable, disposables } from './queries.ts';

const batch = 5000;

/**
 * Deletes what nobody can use any more: sessions over for 90 days, codes for 7, idempotency keys after 24 hours, guards
 * idle for 30 days, limits and challenges that have run out, files of imports after a day and rows they did not take after
 * 30. In small transactions, so that sign-ins do not wait. Gives counts by kind.
 */
export async function purge(db: Database): Promise<Readonly<Record<Disposable, number>>> {
  const counts: Partial<Record<Disposable, number>> = {};
  for (const kind of disposables) {
    let removed = 0;
    for (let last = batch; last === batch;) {
      last = await db.system((tx) => deleteOutlived(tx, kind, batch));
      removed += last;
    }
    counts[kind] = removed;
  }
  return counts as Record<Disposable, number>;
}
