import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { createClient } from '../db/connect.ts';
import { listMigrations } from '../db/migration-files.ts';
import { createArchive, type ArchiveWriter } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import type { EncryptTo } from './encryption.ts';
import { archiveFormat, type ArchiveHead, type ArchiveSummary, type TableContent } from './manifest.ts';
import { listTables, Measure, prepareTransaction, readTable, type Table } from './tables.ts';

export interface BackupOptions {
  /** For the login that owns the tables. */
  readonly url: string;
  readonly release: ArchiveHead['release'];
  readonly output: Writable;
  readonly encryptTo: EncryptTo | undefined;
  /** Called with one line per table. */
  readonly log: (line: string) => void;
}

/**
 * Writes an archive of the whole database as it was at one moment, while others keep working, in bounded memory. Throws
 * BackupError and destroys `output` then.
 */
export async function makeBackup(options: BackupOptions): Promise<ArchiveSummary> {
  const client = createClient(options.url, { connectionTimeoutMillis: 5000, application_name: 'acolhe backup' });
  // The statement that fails reports a broken connection.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await prepareTransaction(client);
    return await writeSnapshot(client, options);
  } finally {
    await client.end();
  }
}

async function writeSnapshot(client: pg.Client, options: BackupOptions): Promise<ArchiveSummary> {
  const tables = await listTables(client);
  const head = await describeDatabase(client, options.release, tables);
  const archive = await createArchive(options.output, options.encryptTo);
  try {
    await archive.addJson('backup.json', head);
    const contents: TableContent[] = [];
    for (const table of tables) {
      const content = await writeContent(client, archive, table);
      contents.push(content);
      options.log(`${table.name}: ${String(content.rows)} rows`);
    }
    await archive.addJson('manifest.json', { id: head.id, tables: contents });
    await archive.finish();
    return { ...head, contents };
  } catch (error) {
    await archive.abort(error);
    throw error;
  }
}

async function writeContent(client: pg.Client, archive: ArchiveWriter, table: Table): Promise<TableContent> {
  const measure = new Measure();
  const read = pipeline(readTable(client, table), measure);
  const [reading, writing] = await Promise.allSettled([read, archive.addParts(`tables/${table.name}`, measure)]);
  // Report the writing error first: a full disk ends the writing, which then makes the reading fail.
  if (writing.status === 'rejected') throw writing.reason;
  if (reading.status === 'rejected') throw reading.reason;
  return measure.result(table.name);
}

async function describeDatabase(
  client: pg.Client,
  release: ArchiveHead['release'],
  tables: Table[],
): Promise<ArchiveHead> {
  const [made] = (
    await client.query<{ found: boolean }>(`select to_regclass('schema_migrations') is not null as found`)
  ).rows;
  if (made?.found !== true) throw new BackupError('the database holds no Acolhe: nothing was migrated there');
  const applied = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  );
  const known = new Set((await listMigrations()).map(({ name }) => name));
  const unknown = applied.rows.find(({ name }) => !known.has(name));
  if (unknown !== undefined)
    throw new BackupError(
      `the database has migration ${unknown.name}, which a newer release applied: use that release`,
    );
  const version = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  return {
    format: archiveFormat,
    id: randomUUID(),
    createdAt: new Date().toISOString(),
    release,
    postgresql: Math.floor((version.rows[0]?.version ?? 0) / 10_000),
    migrations: applied.rows,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  };
}
