import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { startTestServer, type SignedIn, type TestServer } from '../../../tests/support/server.ts';
import { applyMigrations, migrate, migrationStatus } from '../db/migrate.ts';
import { listMigrations } from '../db/migration-files.ts';
import { createArchive } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import { makeBackup } from './make-backup.ts';
import { type ArchiveHead, archiveHead, type ArchiveSummary, type TableContent } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { backUpToFile, verifyArchive } from './service.ts';

const release = { version: '0.1.0', commit: 'test' };
const log = () => undefined;

let server: TestServer;
let ana: SignedIn;
let folder: string;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('backup.example');
  ana = await server.signIn('ana@backup.example');
  for (const [firstName, notes] of [
    ['Inês', 'uma\nnota \\ com\ttudo'],
    ['Zoë', '\u{1f331}'],
    ['Ágata', ''],
  ] as const)
    await ana.api('POST /clients', { body: { firstName, notes, professionalId: ana.professionalId, tags: ['a,b'] } });
  folder = await mkdtemp(join(tmpdir(), 'acolhe-backup-'));
});

afterAll(async () => {
  await server.stop();
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true });
});

const archiveFile = () => join(folder, `${randomBytes(4).toString('hex')}.tar.gz`);

async function emptyDatabase(make = createEmptyDatabase): Promise<TestDatabase> {
  const database = await make();
  databases.push(database);
  return database;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("select set_config('app.system', 'on', false)");
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const countTables = async (url: string): Promise<number> =>
  (
    await query<{ n: number }>(
      url,
      `select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
  )[0]?.n ?? -1;

const backUp = (file: string, extra: Partial<Parameters<typeof backUpToFile>[0]> = {}) =>
  backUpToFile({ url: server.database.url, release, file, encryptTo: undefined, verifyWith: undefined, log, ...extra });

const partsOf = ({ contents, ...rest }: ArchiveSummary): [ArchiveHead, readonly TableContent[]] => [
  archiveHead.strip().parse(rest),
  contents,
];

describe('a backup and its restore', () => {
  it('gives equal counts and hashes in an empty database, which then serves', async () => {
    const file = archiveFile();
    const made = await backUp(file);
    const target = await emptyDatabase();
    const restored = await restoreBackup({ url: target.url, file, key: undefined, log });
    expect(restored.contents).toEqual(made.contents);
    expect(restored.contents.find(({ name }) => name === 'clients')?.rows).toBe(3);
    const [client] = await query<{ notes: string; search_text: string }>(
      target.url,
      `select notes, search_text from clients where first_name = 'Inês'`,
    );
    expect(client).toEqual({
      notes: 'uma\nnota \\ com\ttudo',
      search_text: expect.stringContaining(' ines ') as string,
    });
    expect((await migrationStatus(target.url)).pending).toEqual([]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const revived = await startTestServer({ DATABASE_URL: target.url });
    try {
      const again = await revived.signIn('ana@backup.example');
      const { body } = await again.api('GET /clients', { query: { q: 'ines' } });
      expect(body.items.map(({ firstName }) => firstName)).toEqual(['Inês']);
    } finally {
      await revived.stop();
    }
  });

  it('ends every session and forgets every code', async () => {
    await server.fetchCode('bruno@backup.example');
    const file = archiveFile();
    await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    const sessions = await query<{ id: string; end_reason: string | null }>(
      target.url,
      'select id, end_reason from device_sessions where ended_at is null or end_reason = $$restored$$',
    );
    expect(sessions).toEqual([{ id: ana.sessionId, end_reason: 'restored' }]);
    expect(await query(server.database.url, 'select 1 from access_codes where used_at is null')).not.toEqual([]);
    expect(await query(target.url, 'select 1 from access_codes')).toEqual([]);
    // The one it was taken from is as it was.
    expect((await ana.api('GET /me')).body.email).toBe('ana@backup.example');
  });

  it('leaves passkeys and those who have left without access, in the trail too, unless told otherwise', async () => {
    const [{ clinic }] = (await query<{ clinic: string }>(
      server.database.url,
      `insert into passkeys (clinic_id, professional_id, credential_id, public_key, rp_id, name, counter, backed_up)
       select clinic_id, id, 'credential-of-ana', '\\x00', 'localhost', 'Celular', 0, false from professionals where email like 'ana@%'
       returning clinic_id as clinic`,
    )) as [{ clinic: string }];
    const file = archiveFile();
    await backUp(file);
    const [bare, kept] = [await emptyDatabase(), await emptyDatabase()];
    const { authority } = await restoreBackup({
      url: bare.url,
      file,
      key: undefined,
      log,
      deactivate: ['carla@backup.example'],
    });
    expect(authority).toMatchObject({ passkeys: 'removed', deactivated: ['carla@backup.example'] });
    expect(authority.people.map(({ email, passkeys }) => [email, passkeys])).toEqual([
      ['ana@backup.example', 1],
      ['bruno@backup.example', 0],
    ]);
    expect(await query(bare.url, 'select 1 from passkeys')).toEqual([]);
    expect(
      await query(
        bare.url,
        `select clinic_id, action from audit_events where request_id = 'acolhe restore' order by action`,
      ),
    ).toEqual([
      { clinic_id: clinic, action: 'backup_restored' },
      { clinic_id: clinic, action: 'passkey_removed' },
      { clinic_id: clinic, action: 'professional_deactivated' },
    ]);
    await restoreBackup({ url: kept.url, file, key: undefined, log, keepPasskeys: true });
    expect(await query(kept.url, 'select credential_id from passkeys')).toEqual([
      { credential_id: 'credential-of-ana' },
    ]);
    await query(server.database.url, 'delete from passkeys');
  });

  it('tells imports that were under way that nobody works on them any more', async () => {
    await query(
      server.database.url,
      `insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, status)
       select clinic_id, id, id, 'web', false, 'skip', 'running' from professionals where email like 'ana@%'`,
    );
    const file = archiveFile();
    await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    expect(await query(target.url, 'select status from imports')).toEqual([{ status: 'interrupted' }]);
  });

  it('keeps the audit trail and its chain, append-only as before, and adds itself to it', async () => {
    const file = archiveFile();
    const { id } = await backUp(file);
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    const event = (action: string) =>
      `select record_type, record_id, actor_id from audit_events where action = '${action}' and record_id = '${id}'`;
    const expected = [{ record_type: 'backup', record_id: id, actor_id: null }];
    expect(await query(server.database.url, event('backup_made'))).toEqual(expected);
    expect(await query(target.url, event('backup_restored'))).toEqual(expected);
    const broken = await query(
      target.url,
      `select 1 from audit_seals s where hash <> sha256(previous_hash || app.audit_event_bytes(clinic_id, event_id))`,
    );
    expect(broken).toEqual([]);
    await expect(query(target.url, 'delete from audit_events')).rejects.toThrow('append-only');
  });

  it('is of one moment, while rows are written', async () => {
    const done = new AbortController();
    const writer = (async () => {
      for (let n = 0; !done.signal.aborted; n++) {
        // A client and its version belong together.
        await ana.api('POST /clients', {
          body: { firstName: `Durante ${String(n)}`, professionalId: ana.professionalId },
        });
      }
    })();
    const files = [archiveFile(), archiveFile()];
    try {
      for (const file of files) await backUp(file);
    } finally {
      done.abort();
      await writer;
    }
    for (const file of files) {
      const { contents } = await verifyArchive({ url: server.database.url, file, key: undefined, log });
      const rows = (table: string) => contents.find(({ name }) => name === table)?.rows;
      expect(rows('client_versions')).toBe(rows('clients'));
    }
  });

  it('holds every table and every column that is not generated, and the schema has no sequences to carry', async () => {
    const { tables } = await backUp(archiveFile());
    const columns = await query<{ name: string }>(
      server.database.url,
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
         and c.table_name not in ('access_codes', 'schema_migrations')
         and not exists (select from pg_class r where r.oid = c.table_name::regclass and r.relpersistence = 'u')`,
    );
    const held = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column}`));
    expect(held.sort()).toEqual(columns.map(({ name }) => name).sort());
    expect(await query(server.database.url, `select 1 from pg_sequences where schemaname = 'public'`)).toEqual([]);
  });
});

describe('an archive that is not as it was made', () => {
  it('is refused whichever byte was changed, and the target stays as it was', async () => {
    const file = archiveFile();
    await backUp(file);
    const good = await readFile(file);
    const target = await emptyDatabase();
    const before = await countTables(target.url);
    const places = [0, 3, 4, 9, 11, good.length >> 1, good.length - 58, good.length - 30, good.length - 1];
    for (const place of places) {
      const bad = Buffer.from(good);
      bad[place] = (bad[place] ?? 0) ^ 1;
      await writeFile(file, bad);
      await expect(
        restoreBackup({ url: target.url, file, key: undefined, log }),
        `byte ${String(place)}`,
      ).rejects.toThrow(BackupError);
    }
    for (const bad of [
      good.subarray(0, 100),
      Buffer.concat([good, Buffer.from('\n')]),
      Buffer.concat([good, good]),
      Buffer.alloc(0),
    ]) {
      await writeFile(file, bad);
      await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(BackupError);
    }
    await writeFile(file, good);
    await truncate(file, good.length - 1);
    await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(/damaged/);
    expect(await countTables(target.url)).toBe(before);
  });

  it('is refused when its rows are not those of its manifest, however well it is sealed', async () => {
    const file = archiveFile();
    const [head, contents] = partsOf(await backUp(file));
    const forged = archiveFile();
    const archive = await createArchive(createWriteStream(forged), undefined);
    await archive.addJson('backup.json', head);
    await archive.addJson('manifest.json', { id: head.id, tables: contents });
    await archive.finish();
    const target = await emptyDatabase();
    await expect(restoreBackup({ url: target.url, file: forged, key: undefined, log })).rejects.toThrow(
      /does not hold what was backed up/,
    );
    expect(await countTables(target.url)).toBe(0);
  });

  it('is refused when it holds clients of nobody', async () => {
    const source = await emptyDatabase(createTestDatabase);
    await query(
      source.adminUrl,
      `set session_replication_role = replica; insert into clinics (name) values ('Sem dono');
       insert into clients (clinic_id, professional_id, first_name) select id, gen_random_uuid(), 'Zoé' from clinics`,
    );
    const file = archiveFile();
    await makeBackup({ url: source.url, release, output: createWriteStream(file), encryptTo: undefined, log });
    const target = await emptyDatabase();
    await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(/does not hold$/);
    expect(await countTables(target.url)).toBe(0);
  });

  it('is refused when a newer release made it', async () => {
    const [head, contents] = partsOf(await backUp(archiveFile()));
    const future = { name: '9999_future', checksum: '0'.repeat(64) };
    const changes: [Partial<Record<keyof ArchiveHead, unknown>>, RegExp][] = [
      [{ migrations: [...head.migrations, future] }, /newer release/],
      [{ format: 2 }, /newer release/],
    ];
    for (const [change, message] of changes) {
      const file = archiveFile();
      const archive = await createArchive(createWriteStream(file), undefined);
      await archive.addJson('backup.json', { ...head, ...change });
      await archive.addJson('manifest.json', { id: head.id, tables: contents });
      await archive.finish();
      const target = await emptyDatabase();
      await expect(restoreBackup({ url: target.url, file, key: undefined, log })).rejects.toThrow(message);
      expect(await countTables(target.url)).toBe(0);
    }
  });
});

describe('the target of a restore', () => {
  it('must be empty, and stays as it was when it is not', async () => {
    const file = archiveFile();
    await backUp(file);
    const restore = restoreBackup({ url: server.database.url, file, key: undefined, log });
    await expect(restore).rejects.toThrow(/not empty/);
    expect((await ana.api('GET /me')).body.email).toBe('ana@backup.example');
    const foreign = await emptyDatabase();
    await query(foreign.url, 'create table auth_user (id int)');
    await expect(restoreBackup({ url: foreign.url, file, key: undefined, log })).rejects.toThrow(
      /something else \(auth_user\)/,
    );
  });

  it('may be migrated already', async () => {
    const file = archiveFile();
    const made = await backUp(file);
    const target = await emptyDatabase(createTestDatabase);
    const restored = await restoreBackup({ url: target.url, file, key: undefined, log });
    expect(restored.contents).toEqual(made.contents);
    expect(await migrate(target.url)).toEqual([]);
  });

  it('gets the migrations that came after the archive', async () => {
    const old = await emptyDatabase();
    const client = new pg.Client(old.url);
    await client.connect();
    await client.query('begin');
    await applyMigrations(client, (await listMigrations()).slice(0, 2), log);
    await client.query(`insert into clinics (name) values ('Antiga')`);
    await client.query('commit');
    await client.end();
    const file = archiveFile();
    await makeBackup({ url: old.url, release, output: createWriteStream(file), encryptTo: undefined, log });
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    expect((await migrationStatus(target.url)).pending).toEqual([]);
    expect(await query(target.url, 'select name from clinics')).toEqual([{ name: 'Antiga' }]);
  });

  it('may be a login without rights to make roles, under forced row-level security', { timeout: 60_000 }, async () => {
    const name = `plain_${randomBytes(4).toString('hex')}`;
    const target = await emptyDatabase();
    await query(target.adminUrl, `create role ${name} login password 'secret'`);
    await query(target.adminUrl, `alter database ${new URL(target.url).pathname.slice(1)} owner to ${name}`);
    await query(target.adminUrl, `grant create on schema public to ${name}`);
    const url = Object.assign(new URL(target.url), { username: name, password: 'secret' }).href;
    const file = archiveFile();
    const made = await backUp(file);
    const restored = await restoreBackup({ url, file, key: undefined, log });
    expect(restored.contents).toEqual(made.contents);
    // And the way back, from that database into an embedded server, since this login cannot make databases.
    const [forced] = await query<{ forced: boolean }>(
      url,
      `select relforcerowsecurity as forced from pg_class where oid = 'clients'::regclass`,
    );
    expect(forced).toEqual({ forced: true });
    const back = archiveFile();
    const again = await backUp(back, { url, verifyWith: { key: undefined } });
    const clients = ({ contents }: typeof again) => contents.find((content) => content.name === 'clients');
    expect(clients(again)).toEqual(clients(made));
    await query(target.adminUrl, `alter role ${name} createdb`);
    expect(clients(await backUp(archiveFile(), { url, verifyWith: { key: undefined } }))).toEqual(clients(made));
    // Handed back, so that the login of the other tests may drop it.
    await query(target.adminUrl, `reassign owned by ${name} to acolhe; drop owned by ${name}; drop role ${name}`);
  });
});

describe('an encrypted archive', () => {
  it('opens with its passphrase and nothing else', { timeout: 60_000 }, async () => {
    const file = `${archiveFile()}.age`;
    const made = await backUp(file, { encryptTo: { passphrase: 'quatro palavras bem longas' } });
    expect((await readFile(file)).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    const target = await emptyDatabase();
    const restore = (key: Parameters<typeof restoreBackup>[0]['key']) =>
      restoreBackup({ url: target.url, file, key, log });
    await expect(restore(undefined)).rejects.toThrow(/is encrypted/);
    await expect(restore({ passphrase: 'outra' })).rejects.toThrow(/cannot be opened/);
    const bad = await readFile(file);
    bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
    const badFile = `${archiveFile()}.age`;
    await writeFile(badFile, bad);
    await expect(
      restoreBackup({ url: target.url, file: badFile, key: { passphrase: 'quatro palavras bem longas' }, log }),
    ).rejects.toThrow(BackupError);
    expect(await countTables(target.url)).toBe(0);
    expect((await restore({ passphrase: 'quatro palavras bem longas' })).contents).toEqual(made.contents);
  });

  it('opens with the key of a recipient', async () => {
    const identity = await generateX25519Identity();
    const file = `${archiveFile()}.age`;
    await backUp(file, {
      encryptTo: { recipients: [await identityToRecipient(identity)] },
      verifyWith: { key: { identities: [identity] } },
    });
    const other = { identities: [await generateX25519Identity()] };
    await expect(verifyArchive({ url: server.database.url, file, key: other, log })).rejects.toThrow(
      /cannot be opened/,
    );
    await expect(backUp(archiveFile(), { encryptTo: { recipients: ['age1nonsense'] } })).rejects.toThrow(
      /age public key/,
    );
  });
});

it('leaves no half archive behind, and no scratch database', async () => {
  const file = archiveFile();
  await expect(backUp(file, { url: `${server.database.url}_missing` })).rejects.toThrow();
  const before = await readdir(folder);
  expect(before.filter((name) => name.endsWith('.partial'))).toEqual([]);
  const scratch = await query(
    server.database.url,
    `select from pg_database scratch join pg_database own on own.datname = current_database()
      where starts_with(scratch.datname, 'acolhe_scratch_' || own.oid || '_')`,
  );
  expect(scratch).toEqual([]);
});
