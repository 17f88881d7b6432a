import { readFile } from 'node:fs/promises';
import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../src/server/db/transaction.ts';

/** The statements that `work` sends. They are not executed: each gets an answer without rows. */
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

/** Gives a superuser's connection the application role, which the policies bind to one clinic. */
export const becomeApplication = (client: pg.Client, clinicId: string): Promise<unknown> =>
  client.query(
    `select set_config('app.clinic_id', $1, false), set_config('role', 'acolhe_app_' || oid, false)
      from pg_database where datname = current_database()`,
    [clinicId],
  );

/** Processor time of a connection's process in milliseconds; undefined where /proc does not tell. */
async function readProcessorTime(pid: number): Promise<number | undefined> {
  const nanoseconds = Number((await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')).split(' ')[0]);
  return nanoseconds > 0 ? nanoseconds / 1e6 : undefined;
}

/** A statement with work like that of a search, and its time on an idle machine of the kind for which the limits are set. */
const reference = {
  text: `select count(*) from generate_series(1, 30000) as n
    where 'maria dos santos nibaba 11900000000 cliente@exemplo.test ' || n like '%pattern%'`,
  milliseconds: 9.2,
};

/**
 * Measures how many milliseconds a statement takes on an idle machine. The fastest of several runs counts, and of each run the
 * processor time. Because other work makes the processor slower, a reference statement is measured between the runs; if that is
 * slower than it should be, the result is reduced in proportion, and by a quarter more, because the reference suffers less from
 * full processor caches. Repeats until the result is below `enough`, for 20 seconds at most.
 * @param run runs the statement and resolves with the milliseconds that passed
 */
export async function measureFastest(client: pg.Client, run: () => Promise<number>, enough: number): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const measure = async (work: () => Promise<number>): Promise<number> => {
    const before = await readProcessorTime(rows[0]?.pid ?? 0);
    const passed = await work();
    const after = await readProcessorTime(rows[0]?.pid ?? 0);
    return before === undefined || after === undefined ? passed : Math.min(passed, after - before);
  };
  const runReference = async (): Promise<number> => {
    const begun = performance.now();
    await client.query(reference.text);
    return performance.now() - begun;
  };
  const deadline = Date.now() + 20_000;
  const times = [await measure(run)];
  const referenceTimes: number[] = [];
  /** The fastest run so far, in proportion to the speed of the reference. */
  const correctFastest = (): number => {
    const speed = referenceTimes.length === 0 ? 1 : reference.milliseconds / Math.min(...referenceTimes);
    return Math.min(...times) * (speed < 0.95 ? speed / 1.25 : 1);
  };
  while (correctFastest() >= enough && Date.now() < deadline) {
    referenceTimes.push(await measure(runReference));
    times.push(await measure(run));
  }
  return correctFastest();
}
