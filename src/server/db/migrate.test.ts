import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  execute,
  type TestDatabase,
} from '../../../tests/support/database.ts';
import { migrate, readMigrationStatus } from './migrate.ts';
import { listMigrations } from './migration-files.ts';
import { listSchemaDifferences } from './schema-types.ts';

describe('migrations', () => {
  let database: TestDatabase;

  const query = (sql: string) => execute(database.url, sql);

  const recorded = () => query('select * from schema_migrations order by name');

  afterEach(() => database.drop());

  describe('of an empty database', () => {
    beforeEach(async () => {
      database = await createEmptyDatabase();
    });

    it('are numbered without a gap, and bring it to the schema that the code was compiled against', async () => {
      const names = listMigrations().map(({ name }) => name);
      expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
      const before = await readMigrationStatus(database.url);
      expect(before).toMatchObject({ applied: [], pending: names.map((name) => ({ name })) });
      const lines: string[] = [];
      expect(await migrate(database.url, (line) => lines.push(line))).toEqual(names);
      expect(lines).toHaveLength(names.length);
      expect(await readMigrationStatus(database.url)).toEqual({ applied: names, pending: [] });
      expect(await listSchemaDifferences(database.url)).toEqual([]);
    });

    it('are applied once when several instances start at once', async () => {
      const applied = await Promise.all(Array.from({ length: 3 }, () => migrate(database.url)));
      const all = listMigrations().map(({ name }) => name);
      expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([all, [], []]);
      expect(await query('select name from schema_migrations order by name')).toEqual(all.map((name) => ({ name })));
    });

    it('leave it as it was when one of them fails', async () => {
      // A table in the way of a later migration.
      await query('create table client_words ()');
      await expect(migrate(database.url)).rejects.toThrow('client_words');
      expect((await readMigrationStatus(database.url)).applied).toEqual([]);
      expect(await query(`select to_regclass('clients') as clients`)).toEqual([{ clients: null }]);
      await query('drop table client_words');
      expect(await migrate(database.url)).toContain('0001_foundation');
    });
  });

  describe('of a database that has them', () => {
    beforeEach(async () => {
      database = await createTestDatabase();
    });

    it('change nothing', async () => {
      const state = async () => [
        await recorded(),
        await query('select tablename, policyname, roles, qual from pg_policies order by 1, 2'),
        await query(`select table_name, column_name, data_type, column_default from information_schema.columns
          where table_schema in ('public', 'app') order by 1, 2`),
        await query(
          'select grantee, table_name, privilege_type from information_schema.table_privileges order by 1, 2, 3',
        ),
      ];
      const before = await state();
      expect(await migrate(database.url)).toEqual([]);
      expect(await state()).toEqual(before);
    });

    it('start over when others are at work and both sides wait for one another', async () => {
      await query('comment on function app.take_application_role() is null');
      const other = new pg.Client(database.url);
      await other.connect();
      // The migration locks tables in the order of access.sql: it holds the first and waits for the second.
      await other.query('begin; lock table clients in share mode');
      const migrating = migrate(database.url);
      const waiting = `select from pg_stat_activity where application_name = 'acolhe migrate' and wait_event_type = 'Lock'
        and datname = current_database()`;
      while ((await query(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await Promise.allSettled([other.query('lock table clinics in share mode')]);
      await other.query('rollback');
      await other.end();
      expect(await migrating).toEqual([]);
      expect(await query('select obj_description(to_regprocedure($$app.take_application_role()$$)) as mark')).toEqual([
        { mark: expect.stringMatching(/^access rules [0-9a-f]{64}$/) as string },
      ]);
    });

    it('keep out of the way of those at work when there is nothing to do', async () => {
      await migrate(database.url);
      const other = new pg.Client(database.url);
      await other.connect();
      await other.query('begin; select from clients limit 1');
      expect(await migrate(database.url)).toEqual([]);
      await other.query('rollback');
      await other.end();
    });

    it('give the rights back that went with their role', async () => {
      await migrate(database.url);
      const [{ role } = { role: '' }] = await query(
        `select 'acolhe_app_' || oid as role from pg_database where datname = current_database()`,
      );
      const rights = () =>
        query(`select table_name, privilege_type from information_schema.table_privileges
          where grantee = '${String(role)}' order by 1, 2`);
      const before = await rights();
      await query(`drop policy clinic on clinics; drop owned by ${String(role)}; drop role ${String(role)}`);
      await migrate(database.url);
      expect(await rights()).toEqual(before);
      expect(before.length).toBeGreaterThan(20);
    });

    it('refuse to go on when a file was edited after it was applied', async () => {
      await query(`update schema_migrations set checksum = 'other' where name = '0001_foundation'`);
      for (const call of [migrate, readMigrationStatus])
        await expect(call(database.url)).rejects.toThrow('0001_foundation was edited after it was applied');
    });

    it('apply what is missing, in order', async () => {
      const [last] = listMigrations().slice(-1);
      await query(`delete from schema_migrations where name = '${last?.name ?? ''}'`);
      expect((await readMigrationStatus(database.url)).pending).toEqual([last]);
    });

    it('do not mind what a later release has added', async () => {
      await query(`insert into schema_migrations (name, checksum) values ('9999_later', 'x')`);
      await query('alter table clients add column later text');
      expect(await migrate(database.url)).toEqual([]);
      expect((await readMigrationStatus(database.url)).applied).toContain('9999_later');
    });

    it('say soon that the database is away', async () => {
      const nowhere = Object.assign(new URL(database.url), { port: '1' }).href;
      await expect(readMigrationStatus(nowhere)).rejects.toThrow('ECONNREFUSED');
    });

    it('show where the types of the code differ', async () => {
      const changes: [change: string, difference: string][] = [
        ['alter table clients add column nickname text', 'Clients.nickname: the database has string | null'],
        ['alter table clients drop column rg cascade', 'Clients.rg: the code expects string | null'],
        [
          'alter table clients alter column profession set not null',
          'Clients.profession: the code expects string | null',
        ],
        ['alter table clinics alter column name type integer using 1', 'Clinics.name: the code expects string'],
        ['create table extra (id integer)', 'Extra.id: the database has'],
      ];
      for (const [change] of changes) await query(change);
      const differences = await listSchemaDifferences(database.url);
      for (const [, difference] of changes) expect(differences).toContainEqual(expect.stringContaining(difference));
    });
  });
});
