import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { importFile } from '../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer } from '../../../tests/support/server.ts';
import { listDatabaseDrift, migrate, readMigrationStatus } from './migrate.ts';
import { listSchemaDifferences } from './schema-types.ts';

async function query(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const sql of statements) rows = (await client.query<Record<string, unknown>>(sql)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** Uses every extension: search without accents, with a typing error, by part of a word; similar pairs. */
async function useSearch(url: string): Promise<void> {
  const server = await startTestServer({ DATABASE_URL: url });
  try {
    await server.createClinic('elsewhere.example');
    await tryEverySearch(await server.signIn('ana@elsewhere.example'));
  } finally {
    await server.stop();
  }
}

async function tryEverySearch(ana: SignedIn): Promise<void> {
  const { professionalId } = ana;
  for (const lastName of ['Gonçalves de Ávila', 'Gonçalvez de Ávila'])
    await ana.api('POST /clients', {
      body: { firstName: 'Conceição', lastName, dateOfBirth: '1980-02-03', professionalId },
    });
  const search = async (q: string) => (await ana.api('GET /clients', { query: { q } })).body.items.length;
  for (const q of ['conceicao goncalves', 'avila', 'conseicao'])
    expect({ q, found: (await search(q)) > 0 }).toEqual({ q, found: true });
  expect((await ana.api('GET /duplicates')).body.items).toHaveLength(1);
  expect(await importFile(ana, 'nome;fone\nÍris Lótus;11987654321')).toMatchObject({ status: 'done', created: 1 });
  await expect.poll(() => search('irys lotus')).toBe(1);
}

describe('extensions', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  const nameOf = () => new URL(database.url).pathname.slice(1);

  it.each(['extensions', 'Ext ras'])('may lie in a schema of their own: %s', { timeout: 120_000 }, async (schema) => {
    await query(
      database.adminUrl,
      `create schema "${schema}"`,
      `grant usage on schema "${schema}" to acolhe with grant option`,
      ...['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch'].map(
        (name) => `create extension ${name} schema "${schema}"`,
      ),
    );
    await migrate(database.url);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
    expect(await listSchemaDifferences(database.url)).toEqual([]);
    await useSearch(database.url);
  });

  it('may be moved later: it is told, and the next start looks there', { timeout: 120_000 }, async () => {
    await migrate(database.url);
    await query(
      database.adminUrl,
      'create schema extensions',
      'grant usage on schema extensions to public',
      ...['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch'].map(
        (name) => `alter extension ${name} set schema extensions`,
      ),
    );
    expect((await listDatabaseDrift(database.url)).map(({ name }) => name)).toEqual(['extensions_moved']);
    await useSearch(database.url);
    expect(await listDatabaseDrift(database.url)).toEqual([]);
  });

  it('that the login cannot create are named, with what to run and nothing done', async () => {
    const login = `bare_${randomBytes(4).toString('hex')}`;
    await query(
      database.adminUrl,
      `create role ${login} login password 'secret'`,
      `grant create on schema public to ${login}`,
      'create extension btree_gin',
    );
    const url = Object.assign(new URL(database.url), { username: login, password: 'secret' }).href;
    await expect(migrate(url)).rejects.toThrow(
      /lacks pg_trgm, unaccent, btree_gist, fuzzystrmatch, .*permission denied.*`create extension pg_trgm; create extension unaccent; create extension btree_gist; create extension fuzzystrmatch;`/,
    );
    expect((await readMigrationStatus(url)).applied).toEqual([]);
    await query(database.adminUrl, `drop owned by ${login}`, `drop role ${login}`);
  });

  it('in a schema that the login may not use are named, with the grant', async () => {
    await query(database.adminUrl, 'create schema hidden', 'create extension unaccent schema hidden');
    await expect(migrate(database.url)).rejects.toThrow(
      /unaccent lies in schema hidden, .*`grant usage on schema hidden to public;`/,
    );
  });

  it('and tables are found whatever search path the login was given', { timeout: 120_000 }, async () => {
    await query(
      database.adminUrl,
      'create schema acolhe authorization acolhe',
      'create table acolhe.clients (decoy text)',
      `alter database ${nameOf()} set search_path = acolhe, nowhere`,
    );
    await migrate(database.url);
    expect(
      await query(database.adminUrl, `select schemaname from pg_tables where tablename = 'professionals'`),
    ).toEqual([{ schemaname: 'public' }]);
    await useSearch(database.url);
  });
});

it('a database that sorts otherwise than the test server’s serves the same', { timeout: 120_000 }, async () => {
  const original = await createTestDatabase();
  const name = `sorted_${randomBytes(6).toString('hex')}`;
  await query(
    original.adminUrl,
    `create database ${name} owner acolhe template template0 locale_provider icu icu_locale 'sv-SE'`,
  );
  const url = Object.assign(new URL(original.url), { pathname: `/${name}` }).href;
  await migrate(url);
  const server = await startTestServer({ DATABASE_URL: url });
  await server.createClinic('sorted.example');
  const ana = await server.signIn('ana@sorted.example');
  for (const firstName of ['Ágata', 'Bia', 'Zoë'])
    await ana.api('POST /clients', { body: { firstName, professionalId: ana.professionalId } });
  const names = (await ana.api('GET /clients')).body.items.map(({ firstName }) => firstName);
  expect(names).toEqual(['Ágata', 'Bia', 'Zoë']);
  expect((await ana.api('GET /clients', { query: { q: 'zoe' } })).body.items).toHaveLength(1);
  await server.stop();
  const [role] = await query(url, `select 'acolhe_app_' || oid as role from pg_database where datname = '${name}'`);
  await query(original.adminUrl, `drop database ${name} with (force)`, `drop role "${String(role?.['role'])}"`);
  await original.drop();
});
