import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createClient } from '../db/connect.ts';
import { withDatabaseName } from '../db/connection-url.ts';
import { startEmbedded } from '../embedded-database/start-embedded.ts';

/**
 * Runs work on an empty database that is dropped afterwards: on the same server if the login may create one, otherwise on a
 * temporary embedded server.
 */
export async function withScratchDatabase<T>(
  url: string,
  log: (line: string) => void,
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  // The name contains our database's oid, so that on a shared server it is clear whose it is.
  const [beside] = await query(url, 'select oid from pg_database where datname = current_database()');
  const name = `acolhe_scratch_${String(beside?.['oid'])}_${randomBytes(6).toString('hex')}`;
  const made = await query(url, `create database ${name}`).then(
    () => true,
    (error: unknown) => {
      // 42501: the login may not create databases.
      if (error instanceof pg.DatabaseError && error.code === '42501') return false;
      throw error;
    },
  );
  if (!made) return withScratchServer(log, work);
  try {
    return await work(withDatabaseName(url, name));
  } finally {
    await drop(url, name);
  }
}

async function drop(url: string, name: string): Promise<void> {
  // The application role belongs to the whole server and has the database's oid in its name. A login that may not create
  // roles has none, and could not drop one either.
  const [row] = await query(
    url,
    `select rolname as role from pg_roles
      where rolname = (select 'acolhe_app_' || oid from pg_database where datname = '${name}')`,
  );
  // Without `force`: the server then ends its own autovacuum there, which with `force` needs a superuser.
  await query(url, `drop database ${name}`);
  if (row !== undefined) await query(url, `drop role "${String(row['role'])}"`);
}

async function withScratchServer<T>(log: (line: string) => void, work: (url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'acolhe-scratch-'));
  const postgres = await startEmbedded({ dataDir, log, settings: { fsync: false, full_page_writes: false } });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: 'acolhe scratch' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
