import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { databaseUrl } from '../../../tests/support/database-url.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { checkDatabase } from './database.ts';
import { isHarmful } from '../../server/db/access-drift.ts';
import { listDatabaseDrift, mendAccess, migrate } from '../../server/db/migrate.ts';
import { listFunctionFiles, listMigrations, readAccessRules } from '../../server/db/migration-files.ts';
import { listExpectedObjects, objectsQuery } from '../../server/db/schema-objects.ts';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const result: unknown = await client.query<Record<string, unknown>>(sql);
    const [last] = [result].flat().slice(-1) as pg.QueryResult<Record<string, unknown>>[];
    return last?.rows ?? [];
  } finally {
    await client.end();
  }
}

const namesOf = async (url: string) => (await listDatabaseDrift(url)).map(({ name }) => name);
const codesOf = async (url: string) =>
  (await checkDatabase(url, { deploy: false, poolMax: 5 })).map(({ name, severity }) => `${severity} ${name}`);

/** Reads as a request does, in the application role. */
const asRequest = (url: string) =>
  query(url, 'begin; select app.take_application_role(); select id from clients; select id from audit_events; commit');

describe('a database that was restored by other means', () => {
  let database: TestDatabase;
  let role: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const [row] = await query(
      database.url,
      `select 'acolhe_app_' || oid as role from pg_database where datname = current_database()`,
    );
    role = String(row?.['role']);
  });
  afterAll(() => database.drop());

  it('is compared with exactly what the migrations make', async () => {
    const files = [...listMigrations(), ...listFunctionFiles()].map(({ sql }) => sql);
    const expected = listExpectedObjects([...files, readAccessRules()]);
    const present = (await query(database.url, objectsQuery)).map(({ name }) => String(name));
    expect([...expected].sort()).toEqual(present.filter((name) => !name.includes('schema_migrations')).sort());
    expect(await listDatabaseDrift(database.url)).toEqual([]);
  });

  const everyTable = (statement: string) =>
    `do $$ declare t record; begin for t in select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' loop execute format('${statement}', t.name); end loop; end $$`;
  const withRole = (sql: string) => sql.replaceAll('ROLE', `"${role}"`);

  it.each([
    ['without its rights (--no-acl)', everyTable('revoke all on %I from ROLE'), 'rights_missing'],
    ['without the right on one table', 'revoke insert on clients from ROLE', 'rights_missing'],
    ['without the right on a schema', 'revoke usage on schema app from ROLE', 'rights_missing'],
    [
      'where nobody may call functions by default',
      'revoke execute on all functions in schema app from public, ROLE',
      'rights_missing',
    ],
    [
      'where schema public is closed',
      'revoke usage on schema public from public; revoke usage on schema public from ROLE',
      'rights_missing',
    ],
    [
      'for another database’s role',
      `create or replace function app.take_application_role() returns void language plpgsql as
        $$begin perform set_config('role', 'acolhe_app_1', true); end$$`,
      'rights_missing',
    ],
    ['without the function that takes the role', 'drop function app.take_application_role()', 'schema_incomplete'],
    ['without row-level security', 'alter table clients disable row level security', 'row_security_differs'],
    ['with row-level security forced', 'alter table imports force row level security', 'row_security_differs'],
    ['without a policy', 'drop policy clinic on passkeys', 'row_security_differs'],
    ['without the policy for persons', 'drop policy person on coverings', 'row_security_differs'],
    ['with a policy for another role', 'alter policy clinic on clients to public', 'row_security_differs'],
  ])('%s is told, and is as it was once the server starts', async (_how, damage, name) => {
    await query(database.adminUrl, withRole(damage));
    expect(await namesOf(database.url)).toContain(name);
    expect(await codesOf(database.url)).toContain(`error ${name}`);
    const lines: string[] = [];
    expect(await mendAccess(database.url, (line) => lines.push(line))).toEqual([]);
    expect(lines).toEqual(['applying the access rules']);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
    await asRequest(database.url);
  });

  it('with a right too many still serves, is told, and loses it by the next migrate', async () => {
    await query(database.adminUrl, withRole('grant delete on audit_events to ROLE'));
    expect((await listDatabaseDrift(database.url)).filter(isHarmful)).toEqual([]);
    expect(await codesOf(database.url)).toEqual(['warning rights_excessive']);
    expect(await mendAccess(database.url, () => undefined)).toEqual([]);
    expect(await namesOf(database.url)).toEqual(['rights_excessive']);
    await migrate(database.url);
    expect(await namesOf(database.url)).toEqual([]);
  });

  it('on a server without its role gets it back', async () => {
    const withoutRole = everyTable('drop policy if exists clinic on %I');
    await query(database.adminUrl, withRole(`${withoutRole}; drop owned by ROLE; drop role ROLE`));
    expect(await namesOf(database.url)).toContain('application_role_missing');
    expect(await mendAccess(database.url, () => undefined)).toEqual([]);
    await asRequest(database.url);
    await query(database.adminUrl, withRole(`${withoutRole}; drop owned by ROLE; drop role ROLE`));
    await migrate(database.url);
    expect(await namesOf(database.url)).toEqual([]);
    await asRequest(database.url);
  });

  it('is mended once when several processes start at once, while others are at work', async () => {
    await query(database.adminUrl, withRole(everyTable('revoke all on %I from ROLE')));
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await Promise.all([mendAccess(database.url, log), mendAccess(database.url, log), migrate(database.url, log)]);
    expect(lines.length).toBeLessThanOrEqual(1);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
  });
});

describe('what no start can mend', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it.each([
    ['a trigger that is gone', 'drop trigger audit_events_append_only on audit_events', 'audit_events_append_only'],
    [
      'a trigger switched off',
      'alter table clients disable trigger clients_described_when_new',
      'clients_described_when_new',
    ],
    ['an index that is gone', 'drop index clients_document_key', 'clients_document_key'],
    ['a function that is gone', 'drop function app.enter(uuid, text)', 'app.enter'],
    [
      'a rule that is gone',
      'alter table professionals drop constraint professionals_role_check',
      'professionals_role_check',
    ],
  ])('is told with what is missing: %s', async (_what, damage, missing) => {
    await query(database.url, damage);
    const drift = await listDatabaseDrift(database.url);
    expect(drift).toEqual([
      expect.objectContaining({ name: 'schema_incomplete', seen: expect.stringContaining(missing) as string }),
    ]);
    await expect(migrate(database.url)).rejects.toThrow(/restored in part/);
    // A later release may have dropped it.
    await query(database.url, `insert into schema_migrations (name, checksum) values ('9999_later', 'x')`);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
  });

  it.each(['table clients', 'sequence app.code_requests'])(
    'is told with the owner: a %s of another login',
    async (what) => {
      const owner = `other_${randomBytes(4).toString('hex')}`;
      await query(database.adminUrl, `create role ${owner}; alter ${what} owner to ${owner}`);
      expect(await listDatabaseDrift(database.url)).toContainEqual(
        expect.objectContaining({ name: 'owner_differs', seen: expect.stringContaining(owner) as string }),
      );
      await expect(migrate(database.url)).rejects.toThrow(new RegExp(`belong to ${owner}.*Restored by other means`));
      // A member of the owning role has the owner's rights.
      await query(
        database.adminUrl,
        `grant ${owner} to acolhe; grant usage, create on schema public to ${owner}; grant usage on schema app to ${owner}`,
      );
      expect(await migrate(database.url)).toEqual([]);
      expect(await listDatabaseDrift(database.url)).toEqual([]);
      await asRequest(database.url);
      await query(database.adminUrl, `alter ${what} owner to acolhe; drop owned by ${owner}; drop role ${owner}`);
    },
  );

  it('is told with the owner: everything, which the statement of docs/operations.md mends', async () => {
    const owner = `other_${randomBytes(4).toString('hex')}`;
    const guide = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'operations.md'), 'utf8');
    const [, statement = ''] = /```sql\n-- [^\n]* LOGIN [^\n]*\n([^`]+)```/.exec(guide) ?? [];
    const giveTo = (login: string) => query(database.adminUrl, statement.replaceAll('LOGIN', login));
    await query(database.adminUrl, `create role ${owner}`);
    await giveTo(owner);
    expect(await namesOf(database.url)).toContain('owner_differs');
    expect((await checkDatabase(database.url, { deploy: true, poolMax: 5 })).map(({ name }) => name)).toContain(
      'owner_differs',
    );
    await expect(migrate(database.url)).rejects.toThrow(/Restored by other means/);
    await giveTo('acolhe');
    expect(await migrate(database.url)).toEqual([]);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
    await asRequest(database.url);
    // Dropping works only if nothing belongs to it any more.
    await query(database.adminUrl, `drop role ${owner}`);
  });

  it('is told with the role: one that this login may not take', async () => {
    const [row] = await query(database.url, `select oid from pg_database where datname = current_database()`);
    const role = `acolhe_app_${String(row?.['oid'])}`;
    await query(database.adminUrl, `revoke "${role}" from acolhe granted by acolhe; revoke "${role}" from acolhe`);
    expect(await namesOf(database.url)).toContain('application_role_closed');
    await expect(migrate(database.url)).rejects.toThrow(`grant ${role} to LOGIN with admin option`);
    await query(database.adminUrl, `grant "${role}" to acolhe with admin option`);
    expect(await migrate(database.url)).toEqual([]);
    await asRequest(database.url);
  });
});

it('a copy of a database, whose number differs, gets a role of its own at the first start', async () => {
  const original = await createTestDatabase();
  const name = `copy_${randomBytes(6).toString('hex')}`;
  const { url: serverUrl, adminUrl } = inject('testServer');
  await query(serverUrl, `create database ${name} template ${new URL(original.url).pathname.slice(1)}`);
  const url = databaseUrl(serverUrl, name);
  expect(await namesOf(url)).toContain('application_role_missing');
  expect(await mendAccess(url, () => undefined)).toEqual([]);
  await asRequest(url);
  const [row] = await query(url, `select 'acolhe_app_' || oid as role from pg_database where datname = '${name}'`);
  await query(adminUrl, `drop database ${name} with (force)`);
  await query(adminUrl, `drop role "${String(row?.['role'])}"`);
  await original.drop();
});
