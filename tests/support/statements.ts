import { readFile } from 'node:fs/promises';
import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../src/server/db/transaction.ts';

/** The statements that `work` sends, caught on their way: every one of them is answered with no row. */
export async function catchStatements(work: (tx: Transaction) => Promise<unknown>): Promise<CompiledQuery[]> {
  const sent: CompiledQuery[] = [];
  await work({
    run: (query) => {
      sent.push('compile' in query ? query.compile() : query);
      return Promise.resolve([]);
    },
  });
  return sent;
}

/** Makes a superuser's connection one of the application's: its role, bound by the policies to one clinic. */
export const becomeApplication = (client: pg.Client, clinicId: string): Promise<unknown> =>
  client.query(
    `select set_config('app.clinic_id', $1, false), set_config('role', 'acolhe_app_' || oid, false)
      from pg_database where datname = current_database()`,
    [clinicId],
  );

/** Milliseconds that a connection's process has been at work; undefined where Linux does not tell. */
async function timeAtWork(pid: number): Promise<number | undefined> {
  const nanoseconds = Number((await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')).split(' ')[0]);
  return nanoseconds > 0 ? nanoseconds / 1e6 : undefined;
}

/**
 * Milliseconds that a statement takes in the database when nothing stands in its way: the least of several runs, and of each
 * the time that its process was at work, for the machine may be busy with other things. Runs until it is less than `enough`,
 * for ten seconds at most.
 * @param run gives the milliseconds that passed
 */
export async function quickest(client: pg.Client, run: () => Promise<number>, enough: number): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  const deadline = Date.now() + 10_000;
  let least = Infinity;
  do {
    const before = await timeAtWork(pid);
    least = Math.min(least, await run());
    const after = await timeAtWork(pid);
    if (before !== undefined && after !== undefined) least = Math.min(least, after - before);
  } while (least >= enough && Date.now() < deadline);
  return least;
}
