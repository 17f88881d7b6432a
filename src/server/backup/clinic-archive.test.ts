import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { furnishClinic } from '../../../tests/support/furnished-clinic.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { createPool } from '../db/pool.ts';
import { Database } from '../db/transaction.ts';
import { verifyChains } from '../features/audit/api.ts';
import { chooseClinicId, receiveClinic } from '../features/clinics/api.ts';
import { contributions, features } from '../features.ts';
import type { EncryptTo } from './encryption.ts';
import { writeClinicArchive } from './export-clinic.ts';
import { importClinicArchive, type ImportedClinic } from './import-clinic.ts';
import type { ClinicArchiveSummary } from './manifest.ts';
import { backUp, restoreBackup } from './service.ts';

const release = { version: '0.1.0', commit: 'test' };
const caller = { requestId: 'test', address: '127.0.0.1' };
const log = () => undefined;

let server: TestServer;
let ana: SignedIn;
let folder: string;
let clinic: { readonly id: string; readonly name: string };
const databases: TestDatabase[] = [];

async function ask<Row>(database: TestDatabase, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await startTestServer();
  for (const domain of ['parte.example', 'fica.example']) await server.createClinic(domain);
  ana = await server.signIn('ana@parte.example');
  await furnishClinic(ana);
  await furnishClinic(await server.signIn('ana@fica.example'));
  clinic = await chooseClinicId(server.db, 'Clínica parte.example');
  folder = await mkdtemp(join(tmpdir(), 'acolhe-clinic-'));
});
afterAll(async () => {
  await server.stop();
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true });
});

const emptyDatabase = async (make = createTestDatabase): Promise<TestDatabase> => {
  const database = await make();
  databases.push(database);
  return database;
};

const newFile = (): string => join(folder, `${randomBytes(4).toString('hex')}.tar.gz`);

async function exportClinic(file: string, encryptTo?: EncryptTo): Promise<ClinicArchiveSummary> {
  const output = createWriteStream(file);
  return writeClinicArchive({ url: server.database.url, release, clinic, output, encryptTo, log });
}

const importClinic = (
  target: TestDatabase,
  file: string,
  extra: { newName?: string; passphrase?: string } = {},
): Promise<ImportedClinic> =>
  importClinicArchive({
    ...{ url: target.url, file, log },
    key: extra.passphrase === undefined ? undefined : { passphrase: extra.passphrase },
    finish: (tx, imported, archiveId) => receiveClinic(tx, imported, { newName: extra.newName, archiveId, caller }),
  });

/** The tables with a column `clinic_id`, and `clinics`, by PostgreSQL's own catalogue. */
const listTenantTables = async (): Promise<string[]> =>
  (
    await ask<{ name: string }>(
      server.database,
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'clinic_id' union select 'clinics' order by 1`,
    )
  ).map(({ name }) => name);

/** Count and hash of the clinic's rows in a table, computed by the database from their text. */
async function hashRows(database: TestDatabase, table: string): Promise<{ rows: string; hash: string | null }> {
  const [found] = await ask<{ rows: string; hash: string | null }>(
    database,
    `select count(*) as rows, md5(string_agg(t::text, chr(10) order by t::text collate "C")) as hash
      from "${table}" t where ${table === 'clinics' ? 'id' : 'clinic_id'} = $1`,
    [clinic.id],
  );
  if (found === undefined) throw new Error('no answer');
  return found;
}

describe('the archive of one clinic', () => {
  it('has every table that holds rows of clinics, but for those of which it is known that they stay behind', async () => {
    const { tables } = await exportClinic(newFile());
    const archived = tables.map(({ name }) => name);
    expect([...archived, ...contributions.staysBehind].sort()).toEqual(await listTenantTables());
    expect([...contributions.staysBehind].sort()).toEqual([
      'access_codes',
      'calendar_feeds',
      'client_count_changes',
      'client_counts',
      'client_words',
      'confirmation_links',
      'device_sessions',
      'idempotency_keys',
      'passkeys',
      'push_subscriptions',
    ]);
    const owned = new Set<string>(features.flatMap((feature) => feature.tables));
    expect(contributions.staysBehind.filter((table) => !owned.has(table))).toEqual([]);
  });

  it('leaves out no table because its clinic is named by another column', async () => {
    const others = await ask<{ name: string }>(
      server.database,
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (c.relname = any ($1)) order by 1`,
      [await listTenantTables()],
    );
    expect(others.map(({ name }) => name)).toEqual([
      'host_events',
      'passkey_challenges',
      'rate_limits',
      'schema_migrations',
      'sign_in_guards',
    ]);
  });

  it('comes into tables whose triggers are known: they run while rows arrive', async () => {
    const triggers = await ask<{ name: string }>(
      server.database,
      `select tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not tgisinternal and relnamespace = 'public'::regnamespace and tgtype & 4 = 4
          and not (c.relname = any ($1)) order by 1`,
      [contributions.staysBehind],
    );
    expect(triggers.map(({ name }) => name)).toEqual([
      'clients_counted_when_new',
      'clients_described_when_new',
      'clients_owners_checked',
      'clients_size_checked_when_new',
      'clients_words_inserted',
    ]);
  });

  it('comes into an empty installation with equal counts and hashes, and nothing of the others', async () => {
    await server.db.system((tx) => tx.run({ sql: 'select app.seal_audit_events(null)', parameters: [] } as never));
    const file = newFile();
    const before = new Map<string, Awaited<ReturnType<typeof hashRows>>>();
    const made = await exportClinic(file);
    for (const { name } of made.tables) before.set(name, await hashRows(server.database, name));
    const filled = [...before].filter(([, { rows }]) => rows !== '0').map(([name]) => name);
    expect(filled.length).toBeGreaterThan(20);
    const target = await emptyDatabase();
    const imported = await importClinic(target, file);
    expect(imported.contents).toEqual(made.contents);
    expect(imported.heldAddresses).toEqual([]);
    // These have one row more, or another value, because of the import itself.
    const touched = new Set(['clinics', 'audit_events']);
    for (const [name, expected] of before)
      if (!touched.has(name)) expect([name, await hashRows(target, name)]).toEqual([name, expected]);
    expect(Number((await hashRows(target, 'audit_events')).rows)).toBe(Number(before.get('audit_events')?.rows) + 1);
    for (const name of await listTenantTables()) {
      const [others] = await ask<{ rows: string }>(
        target,
        `select count(*) as rows from "${name}" where ${name === 'clinics' ? 'id' : 'clinic_id'} <> $1`,
        [clinic.id],
      );
      expect([name, others?.rows]).toEqual([name, '0']);
    }
    for (const name of ['device_sessions', 'access_codes', 'passkeys', 'calendar_feeds', 'confirmation_links'])
      expect([name, (await hashRows(target, name)).rows]).toEqual([name, '0']);
  });

  it('brings a chain of audit events that verifies, and search, counts and lists that work', async () => {
    const file = newFile();
    const passphrase = 'quatro palavras bem longas';
    await exportClinic(file, { passphrase });
    const target = await emptyDatabase();
    await expect(importClinic(target, file)).rejects.toThrow('is encrypted');
    await importClinic(target, file, { passphrase });
    const pool = createPool({ url: target.url, max: 2, idleSeconds: 1 });
    try {
      const db = new Database(pool);
      const [report] = await verifyChains(db, log);
      expect(report).toMatchObject({ clinicId: clinic.id, broken: undefined });
      expect(report?.links).toBeGreaterThan(10);
      await db.system((tx) => tx.run({ sql: 'select app.fold_client_counts(100000)', parameters: [] } as never));
    } finally {
      await pool.end();
    }
    for (const table of ['client_counts', 'client_words'])
      expect([table, await hashRows(target, table)]).toEqual([table, await hashRows(server.database, table)]);
    const [held] = await ask<{ suspended: boolean }>(
      target,
      'select suspended_at is not null as suspended from clinics',
    );
    expect(held).toEqual({ suspended: true });
  });

  it('is refused where the clinic, its name or one of its ids is already, and nothing is written', async () => {
    const file = newFile();
    await exportClinic(file);
    await expect(importClinic(server.database, file)).rejects.toThrow(
      'the clinic is here already, as “Clínica parte.example”: nothing was written',
    );
    const named = await emptyDatabase();
    await ask(named, `insert into clinics (name) values ('clínica PARTE.example')`);
    await expect(importClinic(named, file)).rejects.toMatchObject({ refusal: { code: 'name_taken' } });
    const [count] = await ask<{ people: string }>(named, 'select count(*) as people from professionals');
    expect(count).toEqual({ people: '0' });
    await importClinic(named, file, { newName: 'A que chegou' });
    const collided = await emptyDatabase();
    await ask(
      collided,
      `with c as (insert into clinics (name) values ('Outra') returning id)
        insert into professionals (clinic_id, id, email, first_name, role) select id, $1, 'x@x.example', 'X', 'reception' from c`,
      [ana.professionalId],
    );
    await expect(importClinic(collided, file)).rejects.toThrow(
      'professionals holds what is here already (professionals_id_key): nothing was written',
    );
    const [left] = await ask<{ clinics: string }>(collided, 'select count(*) as clinics from clinics');
    expect(left).toEqual({ clinics: '1' });
  });

  it('holds the address of somebody who signs in to another clinic there', async () => {
    const file = newFile();
    await exportClinic(file);
    const target = await emptyDatabase();
    await ask(
      target,
      `with c as (insert into clinics (name) values ('Outra') returning id)
        insert into professionals (clinic_id, email, first_name, role) select id, 'Ana@Parte.example', 'A', 'reception' from c`,
    );
    const { heldAddresses } = await importClinic(target, file);
    expect(heldAddresses).toEqual(['ana@parte.example']);
    const people = await ask<{ email: string; held: string | null }>(
      target,
      `select email, invited_email as held from professionals where clinic_id = $1 order by first_name`,
      [clinic.id],
    );
    expect(people).toEqual([
      { email: `${ana.professionalId}@invited.invalid`, held: 'ana@parte.example' },
      { email: 'bruno@parte.example', held: null },
      { email: 'carla@parte.example', held: null },
    ]);
  });

  it('is told from a backup, from another schema and from a damaged one', async () => {
    const [file, whole] = [newFile(), newFile()];
    await exportClinic(file);
    const target = await emptyDatabase();
    await backUp({
      url: server.database.url,
      release,
      place: { file: whole },
      encryptTo: undefined,
      verifyWith: undefined,
      log,
    });
    await expect(importClinic(target, whole)).rejects.toThrow('the archive holds a whole installation');
    const blank = await emptyDatabase(createEmptyDatabase);
    await expect(restoreBackup({ url: blank.url, file, key: undefined, log })).rejects.toThrow(
      'the archive holds one clinic alone, “Clínica parte.example”: `acolhe clinics import` takes it in',
    );
    await ask(target, `insert into schema_migrations (name, checksum) values ('9999_later', repeat('0', 64))`);
    await expect(importClinic(target, file)).rejects.toThrow(
      /made by release 0\.1\.0 with the schema \d{4}_\w+, and here it is 9999_later: bring the installation that it comes from to this release and export the clinic again/,
    );
    await ask(target, `delete from schema_migrations where name >= '0028'`);
    await expect(importClinic(target, file)).rejects.toThrow(/bring this installation to that release first/);
  });
});
