import type pg from 'pg';
import { createClient } from '../db/connect.ts';
import { lockSchema } from '../db/schema-lock.ts';
import type { LedgerEntry } from '../features/anonymizing/api.ts';
import { type ArchiveVisitor, checkSeal, readArchive } from './archive-reader.ts';
import type { ArchiveSource } from './archive-source.ts';
import type { DecryptWith } from './encryption.ts';

export interface ArchiveInput {
  /** For the login that owns the tables. */
  readonly url: string;
  readonly file: ArchiveSource;
  readonly key: DecryptWith | undefined;
  /** Called with lines about the progress. */
  readonly log: (line: string) => void;
}

export interface AnonymizedOptions {
  /** Who was made anonymous, perhaps after the archive was made: they do not come back. */
  readonly anonymized?: readonly LedgerEntry[];
}

interface Reading<Summary> extends ArchiveVisitor {
  /** What was read; asked for after the commit. */
  summary(): Summary;
  /** Ends what still runs on the connection, and rolls back. */
  abort(): Promise<void>;
}

/**
 * Reads an archive into a database, in one transaction: all of it or nothing. Nobody migrates meanwhile. Throws BackupError when
 * the archive is damaged, and what `begin`'s visitor throws. `command` is what pg_stat_activity shows.
 */
export async function readInTransaction<Summary>(
  { url, file, key, log }: ArchiveInput,
  command: string,
  begin: (client: pg.Client) => Reading<Summary>,
): Promise<Summary> {
  log('checking the archive');
  await checkSeal(file);
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: `acolhe ${command}` });
  client.on('error', () => undefined);
  await client.connect();
  const reading = begin(client);
  try {
    await lockSchema(client);
    await client.query('begin');
    await readArchive(file, key, reading);
    await client.query('commit');
  } catch (error) {
    await reading.abort();
    throw error;
  } finally {
    await client.end();
  }
  return reading.summary();
}
