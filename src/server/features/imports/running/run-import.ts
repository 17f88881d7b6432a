import type { DateOrder } from '../../../../shared/import-choices.ts';
import { isUnavailable } from '../../../db/errors.ts';
import type { Database } from '../../../db/transaction.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import { importingRole } from '../access/authority.ts';
import type { RowSource } from '../sources/row-source.ts';
import { findImport, type StoredImport } from '../stored/import-queries.ts';
import { endAbandoned } from './abandoned-queries.ts';
import type { ImportDependencies } from './dependencies.ts';
import { failureOf, ImportStopped, isMonthFirst, isRace, isTaken } from './failure.ts';
import { connectForImport } from './import-lock.ts';
import type { Attempt } from './attempt.ts';
import { importOnce } from './import-once.ts';
import { Journal } from './journal.ts';
import { haveOthersChanged } from './others-queries.ts';

const attempts = 3;

/**
 * Runs a queued import, all or nothing, and stores the result. Does not throw for problems with the file. `asked` is the request
 * it came from, for the audit trail. @returns the import's row
 */
export async function runImport(
  deps: ImportDependencies,
  id: string,
  source: RowSource,
  asked?: JobCaller,
): Promise<StoredImport> {
  const { db } = deps;
  const queued = await db.system((tx) => findImport(tx, id));
  if (queued === undefined) throw new Error('there is no such import');
  const connection = await connectForImport(deps.url, { importId: id, clinicId: queued.clinic_id });
  if (connection === undefined) return queued;
  try {
    await attemptRepeatedly({ deps, queued, asked, connection: connection.client }, source);
  } finally {
    await connection.close();
  }
  return (await db.system((tx) => findImport(tx, id))) ?? queued;
}

/** Ends imports whose process is gone, of which nothing is kept. @returns the number of imports ended */
export const endAbandonedImports = (db: Database): Promise<number> => db.system(endAbandoned);

/** Starts over at most twice after a race, and once more if dates have to be read in the other order. */
async function attemptRepeatedly(request: Omit<Attempt, 'role' | 'foundDateOrder'>, source: RowSource): Promise<void> {
  const { deps, queued } = request;
  const journal = new Journal(deps.db, queued);
  await journal.start();
  let foundDateOrder: DateOrder | undefined;
  for (let attempt = 1; ; attempt++) {
    const beganAt = performance.now();
    try {
      const role = await deps.db.system((tx) => importingRole(tx, queued));
      await importOnce({ ...request, role, foundDateOrder }, source);
      return;
    } catch (error) {
      if (deps.signal?.aborted === true) {
        await journal.queueAgain();
        throw new ImportStopped();
      }
      const isRaced = isRace(error) || (isTaken(error) && (await wereOthersFaster(request, beganAt)));
      if (attempt < attempts && isRaced) continue;
      if (foundDateOrder !== undefined || !isMonthFirst(error)) {
        await endWith({ error, isRaced }, journal, deps);
        return;
      }
      foundDateOrder = 'month';
    }
  }
}

/** Whether anybody could have taken a phone or a document since then: if nobody did, two people of the file met. */
const wereOthersFaster = ({ deps, queued }: Pick<Attempt, 'deps' | 'queued'>, beganAt: number): Promise<boolean> =>
  deps.db
    .system((tx) => haveOthersChanged(tx, queued.clinic_id, (performance.now() - beganAt) / 1000))
    // While the database is away, nobody can tell: the next attempt fails of that.
    .catch(() => true);

async function endWith(
  { error, isRaced }: { readonly error: unknown; readonly isRaced: boolean },
  journal: Journal,
  { onError }: ImportDependencies,
): Promise<void> {
  const { failure, isForeseen } = failureOf(error, isRaced);
  if (!isForeseen) onError?.(error);
  // If the database is unavailable, endAbandonedImports marks the import later.
  await journal.end(failure).catch((reason: unknown) => {
    if (!isUnavailable((reason as Error).cause ?? reason)) throw reason;
  });
}
