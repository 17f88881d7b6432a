import pg from 'pg';
import { listMigrations } from '../db/migrate.ts';
import { createPool } from '../db/pool.ts';

type DatabaseState = Record<'database' | 'migrations', boolean>;

export interface Readiness {
  check(): Promise<DatabaseState & { readonly worker: boolean }>;
  close(): Promise<void>;
}

/** Milliseconds that an answer is reused for: anybody may ask, so asking has to be cheap. */
const freshness = 1000;
const patience = 2500;

/**
 * The checks of `/readyz`: the database is reachable, every migration of this release is applied, this process takes
 * jobs. Simultaneous callers get the same answer, within about three seconds. It has a connection of its own, because a
 * process with a busy pool should stay in service.
 */
export function createReadiness(url: string, worker: { isAlive(): boolean }): Readiness {
  const pool = createPool({ url, max: 1, idleSeconds: 30, pipeline: false });
  let asked = 0;
  let answer: Promise<DatabaseState> | undefined;
  return {
    check: async () => {
      if (answer === undefined || performance.now() - asked > freshness) {
        asked = performance.now();
        answer = ask(pool);
      }
      return { ...(await answer), worker: worker.isAlive() };
    },
    close: () => pool.end(),
  };
}

let names: readonly string[] | undefined;

async function ask(pool: pg.Pool): Promise<DatabaseState> {
  names ??= (await listMigrations()).map(({ name }) => name);
  const missing = {
    text: 'select exists (select unnest($1::text[]) except select name from schema_migrations) as missing',
    values: [names],
    query_timeout: patience,
  };
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    const { rows } = await client.query<{ missing: boolean }>(missing);
    client.release();
    return { database: true, migrations: rows[0]?.missing === false };
  } catch (error) {
    client?.release(true);
    // A database that answers, but has no such table.
    return { database: error instanceof pg.DatabaseError && error.code === '42P01', migrations: false };
  }
}
