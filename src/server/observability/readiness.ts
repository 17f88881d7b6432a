import pg from 'pg';
import { isHarmful, listDrift } from '../db/access-drift.ts';
import { listMigrations } from '../db/migration-files.ts';
import { createPool } from '../db/pool.ts';
import { listPendingFunctions } from '../db/sql-functions.ts';

type DatabaseState = Record<'database' | 'migrations' | 'access' | 'writable', boolean>;

export interface Readiness {
  check(): Promise<DatabaseState & { readonly worker: boolean }>;
  close(): Promise<void>;
}

/** Milliseconds that an answer is reused for: anybody may ask, so asking has to be cheap. */
const freshness = 1000;
/** The same for what takes the server more than a look. */
const thoroughFreshness = 5000;
const patience = 2500;

/**
 * The checks of `/readyz`: the database is reachable and can be written to, every migration and function of this release is
 * applied, requests have the rights they need, this process takes jobs. Simultaneous callers get the same answer, within
 * about three seconds. It has a connection of its own, because a process with a busy pool should stay in service.
 */
export function createReadiness(url: string, worker: { isAlive(): boolean }): Readiness {
  const pool = createPool({ url, max: 1, idleSeconds: 30, pipeline: false });
  const ask = createQuestion(pool);
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

/** Asks the database; thorough questions are asked again when the last answer is old. */
function createQuestion(pool: pg.Pool): () => Promise<DatabaseState> {
  let thorough = { at: -Infinity, functions: false, access: false, writable: false };
  return async () => {
    let client: pg.PoolClient | undefined;
    try {
      client = await pool.connect();
      const hasTables = await hasMigrations(client);
      if (hasTables && performance.now() - thorough.at > thoroughFreshness) thorough = await lookThoroughly(client);
      client.release();
      const { functions, access, writable } = thorough;
      const migrations = hasTables && functions;
      return { database: true, migrations, access: migrations && access, writable: migrations && writable };
    } catch {
      client?.release(true);
      return { database: false, migrations: false, access: false, writable: false };
    }
  };
}

const lookThoroughly = async (client: pg.PoolClient) => ({
  at: performance.now(),
  functions: (await listPendingFunctions(client)).length === 0,
  access: !(await listDrift(client)).some(isHarmful),
  writable: await isWritable(client),
});

let names: readonly string[] | undefined;

async function hasMigrations(client: pg.PoolClient): Promise<boolean> {
  names ??= (await listMigrations()).map(({ name }) => name);
  const missing = {
    text: 'select exists (select unnest($1::text[]) except select name from schema_migrations) as missing',
    values: [names],
    query_timeout: patience,
  };
  try {
    return (await client.query<{ missing: boolean }>(missing)).rows[0]?.missing === false;
  } catch (error) {
    // A database that answers, but has no such table, or none for this login.
    if (error instanceof pg.DatabaseError && (error.code === '42P01' || error.code === '42501')) return false;
    throw error;
  }
}

/**
 * A server that was demoted or set to read only says so. That the disk is full shows when it writes a temporary file of half
 * a megabyte: rows of a function that do not fit the least memory. That needs no table and leaves nothing behind.
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
    // Out of disk. A server that allows no temporary files has another reason.
    return error.code !== '53100';
  }
}

/** @see isWritable */
const probe = {
  text: `begin; set local work_mem = '64kB'; select count(*) from generate_series(1, 20000); commit`,
  query_timeout: patience,
};
