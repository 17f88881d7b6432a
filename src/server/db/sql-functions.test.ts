import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, execute, type TestDatabase } from '../../../tests/support/database.ts';
import { listDatabaseDrift, listFunctionDifferences, listPending, migrate } from './migrate.ts';
import { listDeclared, listFunctionFiles, sortByCalls } from './migration-files.ts';

const root = join(import.meta.dirname, '..', '..', '..');

let database: TestDatabase;

const query = (sql: string) => execute(database.url, sql);

const none = { outdated: [], unknown: [] };
const changeByHand = `create or replace function app.window_is_over(p_expires_at timestamptz, p_seconds integer)
  returns boolean language sql volatile return p_expires_at is null`;

describe('the files of SQL functions', () => {
  it('are named by what they create', () => {
    for (const file of listFunctionFiles())
      expect(listDeclared(file).map((name) => `functions/${name}`)).toContain(file.name);
  });

  it('come after those that they call', () => {
    const file = (name: string, calls: string) => ({
      name: `functions/${name}`,
      sql: `create or replace function app.${name}() returns text language sql return ${calls};`,
      checksum: '',
    });
    const sorted = sortByCalls([file('a', 'app.c()'), file('b', '1'), file('c', 'app.b() || app.a()')]);
    expect(sorted.map(({ name }) => name)).toEqual(['functions/b', 'functions/c', 'functions/a']);
  });
});

describe('a database’s SQL functions', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('are those of the files', async () => {
    expect(await listFunctionDifferences(database.url)).toEqual(none);
    expect(await listPending(database.url)).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
  });

  it.each([
    ['with another text', changeByHand, 'functions/window_is_over'],
    [
      'that no longer runs as its owner',
      'alter function app.anonymize_client(uuid) security invoker',
      'functions/anonymize_client',
    ],
    [
      'that looks for tables elsewhere',
      'alter function app.anonymize_client(uuid) reset search_path',
      'functions/anonymize_client',
    ],
    ['called otherwise by the planner', 'alter function app.fold(text) volatile', 'functions/fold'],
  ])('are told and mended: one %s', async (_what, change, file) => {
    await query(change);
    expect(await listFunctionDifferences(database.url)).toEqual({ outdated: [file], unknown: [] });
    expect(await listDatabaseDrift(database.url)).toEqual([
      expect.objectContaining({ name: 'functions_differ', seen: expect.stringContaining(file) as string }),
    ]);
    const lines: string[] = [];
    expect(await migrate(database.url, (line) => lines.push(line))).toEqual([file]);
    expect(lines).toEqual([`applied ${file}`]);
    expect(await listFunctionDifferences(database.url)).toEqual(none);
  });

  it('that no file creates are told, and stay', async () => {
    await query('create function app.fold(a integer) returns integer language sql return a');
    const unknown = { outdated: [], unknown: ['app.fold(integer)'] };
    expect(await listFunctionDifferences(database.url)).toEqual(unknown);
    expect(await migrate(database.url)).toEqual([]);
    expect(await listFunctionDifferences(database.url)).toEqual(unknown);
    expect((await listDatabaseDrift(database.url)).map(({ name }) => name)).toEqual(['functions_unknown']);
    await query('drop function app.fold(integer)');
  });

  it('whose text was never applied here are pending, whatever release was here before', async () => {
    await query(`update app.applied_functions set checksum = 'before' where name = 'functions/enter'`);
    expect(await listPending(database.url)).toEqual(['functions/enter']);
    expect(await migrate(database.url)).toEqual(['functions/enter']);
    // Another release replaced it afterwards. This release works with both texts, so it still starts.
    await query(`insert into app.applied_functions (name, checksum) values ('functions/enter', 'after')`);
    expect(await listPending(database.url)).toEqual([]);
  });

  it('made by a release that had them in its migrations are taken over', async () => {
    await query('drop table app.applied_functions');
    const files = listFunctionFiles()
      .map(({ name }) => name)
      .sort();
    expect((await listPending(database.url)).sort()).toEqual(files);
    expect(await migrate(database.url)).toEqual(files);
    expect(await migrate(database.url)).toEqual([]);
  });

  it('of a later release stay', async () => {
    await query(`insert into schema_migrations (name, checksum) values ('9999_later', 'x')`);
    await query(changeByHand);
    await query(`delete from app.applied_functions where name = 'functions/enter'`);
    expect(await listPending(database.url)).toEqual([]);
    expect(await listFunctionDifferences(database.url)).toEqual(none);
    expect(await migrate(database.url)).toEqual([]);
    expect(await query(`select app.window_is_over(null, 1) as over`)).toEqual([{ over: true }]);
    await query(`delete from schema_migrations where name = '9999_later'`);
    expect(await migrate(database.url)).toEqual(['functions/enter', 'functions/window_is_over']);
  });

  it('are applied once when several processes start at once', async () => {
    await query(changeByHand);
    const applied = await Promise.all(Array.from({ length: 3 }, () => migrate(database.url)));
    expect(applied.flat()).toEqual(['functions/window_is_over']);
    expect(await listFunctionDifferences(database.url)).toEqual(none);
  });

  it('are all as they were when one of them fails, and the file is named', async () => {
    await query('alter function app.current_clinic() volatile');
    await query(
      `drop function app.uuid_v7() cascade; create function app.uuid_v7() returns text language sql return ''`,
    );
    await query('drop table app.applied_functions');
    await expect(migrate(database.url)).rejects.toThrow('migrations/functions/uuid_v7.sql: cannot change return type');
    expect(
      await query(`select to_regclass('app.applied_functions') as made,
      (select provolatile from pg_proc where oid = 'app.current_clinic'::regproc) as volatile`),
    ).toEqual([{ made: null, volatile: 'v' }]);
  });
});

describe('changing a SQL function', () => {
  let copy: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    copy = await mkdtemp(join(tmpdir(), 'acolhe-functions-'));
    for (const part of ['src', 'migrations', 'package.json'])
      await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(async () => {
    await rm(copy, { recursive: true, force: true });
    await database.drop();
  });

  const run = (...args: readonly string[]) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: database.url, DATA_DIR: join(copy, 'data') };
    const command = [join(copy, 'src', 'cli', 'main.ts'), ...args];
    return new Promise<{ code: unknown; stdout: string }>((resolve) => {
      execFile(process.execPath, command, { env }, (error, stdout) => {
        resolve({ code: error?.code ?? 0, stdout });
      });
    });
  };

  it('takes one file: the change is told, and applied without a migration', { timeout: 60_000 }, async () => {
    const file = join(copy, 'migrations', 'functions', 'search_patterns.sql');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('cardinality(patterns) = 12', 'cardinality(patterns) = 2'));
    expect(await run('makemigrations', '--check')).toEqual({
      code: 1,
      stdout:
        'migrations/functions/search_patterns.sql: the database has another text, `acolhe migrate` applies this one\n',
    });
    expect(await run('migrate', '--check')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^functions\/search_patterns\n/) as string,
    });
    expect(await run('migrate')).toEqual({ code: 0, stdout: 'functions/search_patterns\n' });
    expect(await run('makemigrations', '--check')).toEqual({ code: 0, stdout: '' });
    expect(await query(`select app.search_patterns('ana maria souza') as patterns`)).toEqual([
      { patterns: ['%ana%', '%maria%'] },
    ]);
  });

  it('that does not compile leaves the one that was there', { timeout: 60_000 }, async () => {
    const before = await query(`select pg_get_functiondef('app.fold'::regproc) as text`);
    await appendFile(join(copy, 'migrations', 'functions', 'fold.sql'), 'this is no SQL');
    expect(await run('migrate')).toMatchObject({ code: 1 });
    expect(await query(`select pg_get_functiondef('app.fold'::regproc) as text`)).toEqual(before);
  });
});
