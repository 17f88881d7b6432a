import pg from 'pg';
import type { Logger } from 'pino';
import { isHarmful, listDrift } from '../db/access-drift.ts';
import { listMigrations } from '../db/migration-files.ts';
import { createPool } from '../db/pool.ts';
import { listPendingFunctions } from '../db/sql-functions.ts';
import { LastingFailure } from './lasting-failure.ts';

type DatabaseState = Record<'database' | 'migrations' | 'access' | 'writable', boolean>;

export interface Readiness {
  check(): Promise<DatabaseState & { readonly worker: boolean }>;
  close(): Promise<void>;
}

/** Milliseconds for which an answer is reused: anybody may ask, so it has to be cheap. */
const freshness = 1000;
/** The same for checks that cost the database more. */
const thoroughFreshness = 5000;
const patience = 2500;

/**
 * The checks of `/readyz`: the database is reachable and writable, every migration and function of this release is applied,
 * requests have the rights they need, and this process takes jobs. Simultaneous callers get the same answer, within about three
 * seconds. It uses its own connection, so that a process with a busy pool stays in service.
 */
export function createReadiness(
  url: string,
  worker: { isAlive(): boolean },
  log: Pick<Logger, 'warn' | 'error' | 'info'>,
): Readiness {
  const pool = createPool({ url, max: 1, idleSeconds: 30, pipeline: false });
  const ask = createDatabaseCheck(pool, log);
  let asked = 0;
  let answer: Promise<DatabaseState> | undefined;
  return {
    check: async () => {
      if (answer === undefined || performance.now() - asked > freshness) {
        asked = performance.now();
        answer = ask();
      }
      return { ...(await answer), worker: worker.isAlive() };
    },
    close: () => pool.end(),
  };
}

/** Makes the function that asks the database. It repeats the thorough checks only when their last result is old. */
function createDatabaseCheck(
  pool: pg.Pool,
  log: Pick<Logger, 'warn' | 'error' | 'info'>,
): () => Promise<DatabaseState> {
  const outage = new LastingFailure(log, {
    failed: { level: 'warn', event: 'not_ready', message: 'the check of the database failed' },
    over: { event: 'ready_again', message: 'the check of the database succeeds again' },
  });
  let thorough = { at: -Infinity, functions: false, access: false, writable: false };
  return async () => {
    let client: pg.PoolClient | undefined;
    try {
      client = await pool.connect();
      const hasTables = await hasMigrations(client);
      if (hasTables && performance.now() - thorough.at > thoroughFreshness) thorough = await checkThoroughly(client);
      client.release();
      outage.end();
      const { functions, access, writable } = thorough;
      const migrations = hasTables && functions;
      return { database: true, migrations, access: migrations && access, writable: migrations && writable };
    } catch (error) {
      outage.note(error);
      client?.release(true);
      return { database: false, migrations: false, access: false, writable: false };
    }
  };
}

const checkThoroughly = async (client: pg.PoolClient) => ({
  at: performance.now(),
  functions: (await listPendingFunctions(client)).length === 0,
  access: !(await listDrift(client)).some(isHarmful),
  writable: await isWritable(client),
});

async function hasMigrations(client: pg.PoolClient): Promise<boolean> {
  const missing = {
    text: 'select exists (select unnest($1::text[]) except select name from schema_migrations) as missing',
    values: [listMigrations().map(({ name }) => name)],
    query_timeout: patience,
  };
  try {
    return (await client.query<{ missing: boolean }>(missing)).rows[0]?.missing === false;
  } catch (error) {
    // The database answers, but the table does not exist or this login may not read it.
    if (error instanceof pg.DatabaseError && (error.code === '42P01' || error.code === '42501')) return false;
    throw error;
  }
}

/**
 * Whether the database can be written to. A standby or read-only server says so itself. A full disk is found by making the
 * server write a temporary file of half a megabyte: more rows than fit the smallest work_mem. That leaves nothing behind.
 */
async function isWritable(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ frozen: boolean }>(
    `select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as frozen`,
  );
  if (rows[0]?.frozen !== false) return false;
  try {
    await client.query(probe);
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await client.query('rollback');
    // 53100: disk full. Other errors, such as a limit on temporary files, do not mean that writing fails.
    return error.code !== '53100';
  }
}

/** @see isWritable */
const probe = {
  text: `begin; set local work_mem = '64kB'; select count(*) from generate_series(1, 20000); commit`,
  query_timeout: patience,
};
