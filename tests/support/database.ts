import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { applyAccessRules } from '../../src/server/db/access-rules.ts';
import { databaseUrl } from './database-url.ts';

export interface TestDatabase {
  /** As the role `acolhe`, which owns the database and is no superuser, as with `npm start`. */
  url: string;
  /** The same database, as the superuser. */
  adminUrl: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/** Creates a migrated, empty database. Call it once per test file, in beforeAll, and drop() in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, adminUrl, template } = inject('testServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name} template ${template}`);
  const url = databaseUrl(serverUrl, name);
  await giveRole(url);
  return { url, adminUrl: databaseUrl(adminUrl, name), drop: () => drop(adminUrl, name) };
}

/** The name of the application role has the database's oid, so a copy needs a role of its own. Migrating would do more. */
async function giveRole(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('begin');
    await applyAccessRules(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** Creates an empty database without any migration, for tests of the migrator itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, adminUrl } = inject('testServer');
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name}`);
  const url = databaseUrl(serverUrl, name);
  return { url, adminUrl: databaseUrl(adminUrl, name), drop: () => drop(adminUrl, name) };
}

/** A database of the caller's own with a connection to it; `drop` ends both. */
export async function connectTestDatabase(): Promise<{ url: string; client: pg.Client; drop: () => Promise<void> }> {
  const database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  return {
    url: database.url,
    client,
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** Drops a database as the superuser: nobody else may end an autovacuum that is running in it. */
async function drop(adminUrl: string, name: string): Promise<void> {
  const [row] = await execute(
    adminUrl,
    `select 'acolhe_app_' || oid as role from pg_database where datname = '${name}'`,
  );
  await waitForGoodbyes(adminUrl, name);
  await execute(adminUrl, `drop database if exists ${name} with (force)`);
  if (row) await execute(adminUrl, `drop role if exists "${String(row['role'])}"`);
}

/**
 * Gives connections that are closing half a second. A pool that has ended may not have closed them yet (kysely-codegen's), and one
 * that is cut off then fails where nobody listens.
 */
async function waitForGoodbyes(adminUrl: string, name: string): Promise<void> {
  const until = Date.now() + 500;
  while (Date.now() < until) {
    const open = await execute(
      adminUrl,
      `select from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    );
    if (open.length === 0) return;
    await sleep(20);
  }
}

/** Runs statements one after the other over a connection of their own. @returns the rows of the last one */
export async function execute(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}
