import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  execute,
  type TestDatabase,
} from '../../../tests/support/database.ts';
import { checkDatabase } from './database.ts';
import { checkRights } from './database-roles.ts';

describe('checkDatabase', () => {
  let database: TestDatabase;
  let empty: TestDatabase;

  beforeAll(async () => {
    [database, empty] = [await createTestDatabase(), await createEmptyDatabase()];
  });
  afterAll(() => Promise.all([database.drop(), empty.drop()]));

  const namesOf = async (url: string, options: { deploy?: boolean; poolMax?: number } = {}) =>
    (await checkDatabase(url, { deploy: true, poolMax: 10, ...options })).map(({ name }) => name);

  it('has nothing to say about a migrated database whose login makes roles', async () => {
    expect(await namesOf(database.url)).toEqual([]);
  });

  it('sees one that is away, unmigrated, or reached as superuser', async () => {
    expect(await namesOf('postgres://a:b@127.0.0.1:1/c')).toEqual(['database_unreachable']);
    expect(await namesOf(empty.url)).toEqual(['migrations_pending']);
    expect(await namesOf(database.adminUrl)).toEqual(['database_superuser']);
  });

  it('sees a pool that the server cannot fill', async () => {
    expect(await namesOf(database.url, { poolMax: 500 })).toEqual(['connections_short']);
    const name = new URL(database.url).pathname.slice(1);
    await execute(database.adminUrl, `alter database ${name} connection limit 18`);
    expect(await namesOf(database.url)).toEqual(['connections_short']);
    expect(await namesOf(database.url, { poolMax: 9 })).toEqual([]);
    await execute(database.adminUrl, `alter database ${name} connection limit -1`);
  });

  it('sees tables that others may read', async () => {
    await execute(database.url, 'grant select on clients to public');
    const [finding] = await checkDatabase(database.url, { deploy: true, poolMax: 10 });
    expect(finding).toMatchObject({
      name: 'tables_open_to_others',
      seen: expect.stringMatching(/: public$/) as string,
    });
    await execute(database.url, 'revoke select on clients from public');
    expect(await namesOf(database.url)).toEqual([]);
  });

  it('sees one that takes no changes', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await execute(database.adminUrl, `alter database ${name} set default_transaction_read_only = on`);
    expect(await namesOf(database.url)).toEqual(['database_read_only']);
    await execute(
      database.adminUrl,
      'set default_transaction_read_only = off',
      `alter database ${name} reset default_transaction_read_only`,
    );
  });

  it.each([
    ['sslmode=require', { encrypted: true }, ['certificate_unchecked']],
    ['sslmode=prefer', { encrypted: true }, ['certificate_unchecked']],
    ['sslmode=verify-full', { encrypted: true }, []],
    ['sslmode=require&sslrootcert=/root.pem', { encrypted: true }, []],
    ['sslmode=require', { encrypted: true, local: true }, []],
    ['sslmode=prefer', { encrypted: false }, ['database_in_clear']],
    ['', { encrypted: false }, ['database_in_clear']],
    ['', { encrypted: false, local: true }, []],
  ])('of a connection with %s, %j, says %j', (parameters, facts, names) => {
    const safe = { version: 18, superuser: false, forced: false, readOnly: false, local: false, openTo: [] };
    const findings = checkRights({ ...safe, ...facts }, `postgresql://db.example/acolhe?${parameters}`);
    expect(findings.map(({ name }) => name)).toEqual(names);
  });

  it('sees jobs given up and backups left undone, once there is something to lose', async () => {
    await execute(
      database.url,
      `insert into clinics (name, created_at) values ('Antiga', now() - interval '1 year')`,
      `select graphile_worker.add_job('send_sign_in_code', '{}'::json, max_attempts := 1)`,
      `update graphile_worker._private_jobs set attempts = 1`,
    );
    expect(await namesOf(database.url)).toEqual(['jobs_given_up', 'no_recent_backup']);
    await execute(
      database.url,
      `insert into audit_events (clinic_id, action) select id, 'backup_made' from clinics`,
      `delete from graphile_worker._private_jobs`,
    );
    expect(await namesOf(database.url)).toEqual([]);
    expect(await namesOf(database.url, { deploy: false })).toEqual([]);
  });

  it('tells what a login without rights to make roles loses', async () => {
    const role = `plain_${randomBytes(4).toString('hex')}`;
    await execute(
      empty.adminUrl,
      `create role ${role} login password 'secret'`,
      `grant create on database ${new URL(empty.url).pathname.slice(1)} to ${role}`,
      `grant create on schema public to ${role}`,
    );
    const url = Object.assign(new URL(empty.url), { username: role, password: 'secret' }).href;
    const { migrate } = await import('../../server/db/migrate.ts');
    await migrate(url);
    expect(await namesOf(url)).toEqual(['one_database_role']);
    await execute(empty.adminUrl, `drop owned by ${role}`, `drop role ${role}`);
  });
});
