import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Compiled } from '../../src/server/db/sql.ts';
import type { Transaction } from '../../src/server/db/transaction.ts';

/** The statements that `work` sends. They are not executed: each gets an answer without rows. */
export async function catchStatements(work: (tx: Transaction) => Promise<unknown>): Promise<Compiled<unknown>[]> {
  const sent: Compiled<unknown>[] = [];
  await work({
    run: (query) => {
      sent.push('compile' in query ? query.compile() : query);
      return Promise.resolve([]);
    },
  });
  return sent;
}

/** Runs statements on a connection. @returns those that `work` sent to it */
export async function recordStatements(
  client: pg.Client,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<Compiled<unknown>[]> {
  const sent: Compiled<unknown>[] = [];
  await work({
    run: async <Row>(query: Parameters<Transaction['run']>[0]) => {
      const compiled = 'compile' in query ? query.compile() : query;
      sent.push(compiled);
      return (await client.query(compiled.sql, [...compiled.parameters])).rows as Row[];
    },
  });
  return sent;
}

/** A node of a plan as `explain (analyze, buffers, format json)` shows it; numbers are per loop, buffers are those of all loops. */
interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** What a statement and the statements inside its functions cost. */
export interface StatementCost {
  /** The rows of a table that were looked at, also those that did not match. */
  readonly rows: number;
  /** The pages of 8 kB. */
  readonly buffers: number;
}

/**
 * Runs a statement on a superuser's connection, with `auto_explain` loaded, and adds up what it reads: the same on a busy machine
 * as on a quiet one. `asApplication` gives the connection the application role.
 */
export async function measureCost(
  client: pg.Client,
  { sql, parameters }: Compiled<unknown>,
  table: string,
  asApplication: () => Promise<unknown>,
): Promise<StatementCost> {
  const plans: PlanNode[] = [];
  const collect = ({ message }: { readonly message?: string | undefined }): void => {
    const json = /plan:\n(\{[\s\S]*\})/.exec(message ?? '')?.[1];
    if (json !== undefined) plans.push((JSON.parse(json) as { readonly Plan: PlanNode }).Plan);
  };
  await asApplication();
  // Once before, so that the connection knows the catalogue and has its plans.
  await client.query(sql, [...parameters]);
  await client.query(`reset role; set auto_explain.log_analyze = on; set auto_explain.log_buffers = on;
    set auto_explain.log_timing = off; set auto_explain.log_format = json; set auto_explain.log_min_duration = 0`);
  await asApplication();
  client.on('notice', collect);
  await client.query(sql, [...parameters]);
  client.off('notice', collect);
  await client.query(`reset role; set auto_explain.log_analyze = off; set auto_explain.log_format = text;
    set auto_explain.log_min_duration = -1`);
  // The statement itself is told last, and its buffers are those of the statements inside it, too.
  const whole = plans.at(-1);
  if (whole === undefined) throw new Error('auto_explain is not loaded');
  return {
    rows: plans.reduce((sum, plan) => sum + countRows(plan, table), 0),
    buffers: whole['Shared Hit Blocks'] + whole['Shared Read Blocks'],
  };
}

function countRows(node: PlanNode, table: string): number {
  const seen =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own = node['Relation Name'] === table ? seen * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + countRows(child, table), own);
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
