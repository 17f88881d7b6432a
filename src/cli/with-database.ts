import type { Config } from '../server/config.ts';
import type { Database } from '../server/db/transaction.ts';
import { printNote } from './output.ts';
import { requireMigrated } from './pending.ts';

/** Runs work on the configured database. The embedded one is started, or shared if it runs, and released afterwards. */
export async function withDatabaseUrl<T>(work: (url: string, config: Config) => Promise<T>): Promise<T> {
  const [{ loadConfig }, { openDatabase }] = await Promise.all([
    import('../server/config.ts'),
    import('../server/db/open-database.ts'),
  ]);
  const config = loadConfig(process.env);
  const database = await openDatabase(config, printNote);
  try {
    return await work(database.url, config);
  } finally {
    await database.stop();
  }
}

/** Like withDatabaseUrl, with a pool of two connections. Throws CommandFailure if migrations are pending. */
export async function withDatabase<T>(work: (db: Database, config: Config, url: string) => Promise<T>): Promise<T> {
  return withDatabaseUrl(async (url, config) => {
    const [{ createPool }, { Database }] = await Promise.all([
      import('../server/db/pool.ts'),
      import('../server/db/transaction.ts'),
    ]);
    await requireMigrated(url);
    const pool = createPool({ url, max: 2, idleSeconds: 10 });
    try {
      return await work(new Database(pool), config, url);
    } finally {
      await pool.end();
    }
  });
}
