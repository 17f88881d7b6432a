import type pg from 'pg';
import { createClient } from '../../../db/connect.ts';
import { plainDates } from '../../../db/pool.ts';

const keyOf = (kind: 'import' | 'clinic', id = '$1'): string => `hashtextextended('acolhe ${kind} ' || ${id}, 0)`;

/** The connection of one import. As long as it is open it holds a lock, which shows that the import is running. */
export interface ImportConnection {
  readonly client: pg.Client;
  close(): Promise<void>;
}

/**
 * Connects for one import. Imports of a clinic take turns, so this may wait. Throws if the database cannot be reached.
 * @returns undefined if another process is running this import
 */
export async function connectForImport(
  url: string,
  { importId, clinicId }: { readonly importId: string; readonly clinicId: string },
): Promise<ImportConnection | undefined> {
  const client = createClient(url, {
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'acolhe import',
    types: plainDates,
  });
  // When the connection is lost, the awaited statement fails; this event needs no second report.
  client.on('error', () => undefined);
  await client.connect();
  const close = (): Promise<void> => client.end().catch(() => undefined);
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${keyOf('import')}) as taken`,
      [importId],
    );
    if (rows[0]?.taken === true) {
      await client.query(`select pg_advisory_lock(${keyOf('clinic')})`, [clinicId]);
      return { client, close };
    }
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return undefined;
}

/** SQL condition: no process is running the import; `id` is SQL for its id. */
export const isAbandoned = (id: string): string => `pg_try_advisory_xact_lock(${keyOf('import', id)})`;
