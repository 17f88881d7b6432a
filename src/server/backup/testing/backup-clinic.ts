import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestServer, type SignedIn, type TestServer } from '../../../../tests/support/server.ts';
import { backUp } from '../service.ts';

export const release = { version: '0.1.0', commit: 'test' };
export const log = () => undefined;

/** A clinic with three clients, and a folder for its archives. */
interface BackupClinic {
  readonly server: TestServer;
  readonly ana: SignedIn;
  readonly folder: string;
}

/** Opens the clinic before the tests of a file and removes it and the databases after them. */
export function openBackupClinic() {
  let clinic: BackupClinic | undefined;
  const databases: TestDatabase[] = [];
  beforeAll(async () => {
    const server = await startTestServer();
    await server.createClinic('backup.example');
    const ana = await server.signIn('ana@backup.example');
    for (const [firstName, notes] of [
      ['Inês', 'uma\nnota \\ com\ttudo'],
      ['Zoë', '\u{1f331}'],
      ['Ágata', ''],
    ] as const)
      await ana.api('POST /clients', { body: { firstName, notes, professionalId: ana.professionalId, tags: ['a,b'] } });
    clinic = { server, ana, folder: await mkdtemp(join(tmpdir(), 'acolhe-backup-')) };
  });
  afterAll(async () => {
    await clinic?.server.stop();
    await Promise.all(databases.map((database) => database.drop()));
    if (clinic !== undefined) await rm(clinic.folder, { recursive: true });
  });
  const opened = (): BackupClinic => {
    if (clinic === undefined) throw new Error('it is opened before the first test');
    return clinic;
  };
  return {
    opened,
    archiveFile: () => join(opened().folder, `${randomBytes(4).toString('hex')}.tar.gz`),
    emptyDatabase: async (make = createEmptyDatabase): Promise<TestDatabase> => {
      const database = await make();
      databases.push(database);
      return database;
    },
    backUp: (file: string, extra: Partial<Parameters<typeof backUp>[0]> = {}) =>
      backUp({
        url: opened().server.database.url,
        release,
        place: { file },
        encryptTo: undefined,
        verifyWith: undefined,
        log,
        ...extra,
      }),
  };
}

export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("select set_config('app.system', 'on', false)");
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export const countTables = async (url: string): Promise<number> =>
  (
    await query<{ n: number }>(
      url,
      `select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
  )[0]?.n ?? -1;
