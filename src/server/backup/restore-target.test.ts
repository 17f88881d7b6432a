import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { applyMigrations, migrate, readMigrationStatus } from '../db/migrate.ts';
import { listMigrations } from '../db/migration-files.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { log, openBackupClinic, query, release } from './testing/backup-clinic.ts';

const { archiveFile, backUp, emptyDatabase, opened } = openBackupClinic();

const keptCounts = `select facet, archived, sum(clients)::integer as clients from client_counts
  where not exists (select from client_count_changes) group by facet, archived order by facet, archived`;

describe('the target of a restore', () => {
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
    await applyMigrations(client, listMigrations().slice(0, 2), log);
    await client.query(
      `with c as (insert into clinics (name) values ('Antiga') returning id), p as (
         insert into professionals (clinic_id, email, first_name, role)
         select id, 'ana@antiga.test', 'Ana', 'professional' from c returning clinic_id, id
       )
       insert into clients (clinic_id, professional_id, first_name, tags, archived_at)
       select clinic_id, id, 'Zoé', '{vip}', case when n = 1 then now() end from p, generate_series(1, 3) as n`,
    );
    await client.query('commit');
    await client.end();
    const file = archiveFile();
    await makeBackup({ url: old.url, release, output: createWriteStream(file), encryptTo: undefined, log });
    const target = await emptyDatabase();
    await restoreBackup({ url: target.url, file, key: undefined, log });
    expect((await readMigrationStatus(target.url)).pending).toEqual([]);
    expect(await query(target.url, 'select name from clinics')).toEqual([{ name: 'Antiga' }]);
    expect(await query(target.url, keptCounts)).toEqual([
      { facet: '', archived: false, clients: 2 },
      { facet: '', archived: true, clients: 1 },
      { facet: 'tag:vip', archived: false, clients: 2 },
      { facet: 'tag:vip', archived: true, clients: 1 },
    ]);
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
    // And back, into an embedded server, because this login cannot create databases.
    const [forced] = await query<{ forced: boolean }>(
      url,
      `select relforcerowsecurity as forced from pg_class where oid = 'clients'::regclass`,
    );
    expect(forced).toEqual({ forced: true });
    expect(await query(url, keptCounts)).toEqual([
      { facet: '', archived: false, clients: 3 },
      { facet: 'tag:a,b', archived: false, clients: 3 },
    ]);
    const back = archiveFile();
    const again = await backUp(back, { url, verifyWith: { key: undefined } });
    const clients = ({ contents }: typeof again) => contents.find((content) => content.name === 'clients');
    expect(clients(again)).toEqual(clients(made));
    await query(target.adminUrl, `alter role ${name} createdb`);
    expect(clients(await backUp(archiveFile(), { url, verifyWith: { key: undefined } }))).toEqual(clients(made));
    // Gives the objects back, so that the login of the other tests can drop the database.
    await query(target.adminUrl, `reassign owned by ${name} to acolhe; drop owned by ${name}; drop role ${name}`);
  });

  it('must be empty, and stays as it was when it is not', async () => {
    const file = archiveFile();
    await backUp(file);
    const restore = restoreBackup({ url: opened().server.database.url, file, key: undefined, log });
    await expect(restore).rejects.toThrow(/not empty/);
    expect((await opened().ana.api('GET /me')).body.email).toBe('ana@backup.example');
    const foreign = await emptyDatabase();
    await query(foreign.url, 'create table auth_user (id int)');
    await expect(restoreBackup({ url: foreign.url, file, key: undefined, log })).rejects.toThrow(
      /something else \(auth_user\)/,
    );
  });
});
