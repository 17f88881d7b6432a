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

/** Work like that of a search, and the milliseconds it takes on the machine that limits are meant for, left to itself. */
const reference = {
  text: `select count(*) from generate_series(1, 30000) as n
    where 'maria dos santos nibaba 11900000000 cliente@exemplo.test ' || n like '%pattern%'`,
  milliseconds: 9.2,
};

/**
 * Milliseconds that a statement takes in the database when nothing stands in its way: the least of several runs, and of each
 * the time that its process was at work. Other work slows a machine down all the same, so a reference is measured between
 * the runs, and where that takes longer than it should the statement is granted as much, and a quarter more: the reference
 * stays in the processor's caches, which others crowd as well. Runs until it is less than `enough`, for twenty seconds at most.
 * @param run gives the milliseconds that passed
 */
export async function quickest(client: pg.Client, run: () => Promise<number>, enough: number): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const atWork = async (work: () => Promise<number>): Promise<number> => {
    const before = await timeAtWork(rows[0]?.pid ?? 0);
    const passed = await work();
    const after = await timeAtWork(rows[0]?.pid ?? 0);
    return before === undefined || after === undefined ? passed : Math.min(passed, after - before);
  };
  const refer = async (): Promise<number> => {
    const begun = performance.now();
    await client.query(reference.text);
    return performance.now() - begun;
  };
  const deadline = Date.now() + 20_000;
  const taken = [await atWork(run)];
  const referred: number[] = [];
  /** The least so far, on a machine that does the reference in its time. */
  const granted = (): number => {
    const speed = referred.length === 0 ? 1 : reference.milliseconds / Math.min(...referred);
    return Math.min(...taken) * (speed < 0.95 ? speed / 1.25 : 1);
  };
  while (granted() >= enough && Date.now() < deadline) {
    referred.push(await atWork(refer));
    taken.push(await atWork(run));
  }
  return granted();
}
