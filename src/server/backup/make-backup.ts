import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { createClient } from '../db/connect.ts';
import { listMigrations } from '../db/migration-files.ts';
import { createArchive, type ArchiveWriter } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import type { EncryptTo } from './encryption.ts';
import {
  archiveFormat,
  type ArchiveHead,
  type ArchiveSummary,
  type InstallationHead,
  type TableContent,
  type TableShape,
} from './manifest.ts';
import { listTables, Measure, prepareTransaction, readTable } from './tables.ts';

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
export const makeBackup = (options: BackupOptions): Promise<ArchiveSummary> =>
  readSnapshot(options.url, (client) => writeSnapshot(client, options));

/** Runs work on the database as it is at one moment, while others keep working. */
export async function readSnapshot<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: 'acolhe backup' });
  // The statement that fails reports a broken connection.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await prepareTransaction(client);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function writeSnapshot(client: pg.Client, options: BackupOptions): Promise<ArchiveSummary> {
  const tables = await listTables(client);
  const head = await describeDatabase(client, options.release, tables);
  const contents = await writeArchive(options, head, tables, (table) => readTable(client, table));
  return { ...head, contents };
}

/** Writes an archive with the rows that `read` gives. @returns what it contains */
export async function writeArchive<Kind extends TableShape>(
  options: Pick<BackupOptions, 'output' | 'encryptTo' | 'log'>,
  head: ArchiveHead,
  tables: readonly Kind[],
  read: (table: Kind) => Readable,
): Promise<TableContent[]> {
  const archive = await createArchive(options.output, options.encryptTo);
  try {
    await archive.addJson('backup.json', head);
    const contents: TableContent[] = [];
    for (const table of tables) {
      const content = await writeContent(archive, table.name, read(table));
      contents.push(content);
      options.log(`${table.name}: ${String(content.rows)} rows`);
    }
    await archive.addJson('manifest.json', { id: head.id, tables: contents });
    await archive.finish();
    return contents;
  } catch (error) {
    await archive.abort(error);
    throw error;
  }
}

async function writeContent(archive: ArchiveWriter, name: string, rows: Readable): Promise<TableContent> {
  const measure = new Measure();
  const read = pipeline(rows, measure);
  const [reading, writing] = await Promise.allSettled([read, archive.addParts(`tables/${name}`, measure)]);
  // Report the writing error first: a full disk ends the writing, which then makes the reading fail.
  if (writing.status === 'rejected') throw writing.reason;
  if (reading.status === 'rejected') throw reading.reason;
  return measure.result(name);
}

/** What an archive of these tables begins with. Throws BackupError for a database that is not ours, or newer than this release. */
export async function describeDatabase(
  client: pg.Client,
  release: ArchiveHead['release'],
  tables: readonly TableShape[],
): Promise<InstallationHead> {
  const [made] = (
    await client.query<{ found: boolean }>(`select to_regclass('schema_migrations') is not null as found`)
  ).rows;
  if (made?.found !== true) throw new BackupError('the database holds no Acolhe: nothing was migrated there');
  const applied = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  );
  const known = new Set(listMigrations().map(({ name }) => name));
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
