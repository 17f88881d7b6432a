import { once } from 'node:events';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEmptyDatabase, createTestDatabase, execute, type TestDatabase } from '../../tests/support/database.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';
import { type Run, runAcolhe, startAcolhe } from './testing/run-acolhe.ts';

// Each command is a process, and a busy machine starts few of them a second.
vi.setConfig({ testTimeout: 90_000 });

describe('the command line', () => {
  it('lists its commands, and each has help of its own', async () => {
    const { code, stdout } = await runAcolhe(['--help'], {});
    expect(code).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]+) /gm)].flatMap(([, name]) => name ?? []);
    expect(commands).toEqual(expect.arrayContaining(['serve', 'migrate', 'check', 'create-superuser', 'seed-demo']));
    const runs = await Promise.all(commands.map((name) => runAcolhe([name, '--help'], {})));
    expect(runs.map((run) => run.code)).toEqual(commands.map(() => 0));
    expect(runs.every((run) => run.stdout.includes('Usage: acolhe'))).toBe(true);
  });

  it('refuses what it does not know, and a wrong environment by the name of the variable alone', async () => {
    const [unknown, wrong, away] = await Promise.all([
      runAcolhe(['frobnicate'], {}),
      runAcolhe(['seed-demo'], { DB_POOL_MAX: 'many' }),
      runAcolhe(['seed-demo'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', SECRET_KEY: 'x'.repeat(40) }),
    ]);
    expect(unknown.code).toBe(1);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('DB_POOL_MAX: got "many"');
    expect(wrong.stderr).not.toContain('    at ');
    expect(away).toMatchObject({ code: 1, stdout: '' });
    expect(away.stderr).toMatch(/^The database cannot be reached: .*ECONNREFUSED/);
  });
});

describe('on an empty database', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    env = { DATABASE_URL: database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')) };
  });
  afterAll(() => database.drop());

  it('tells what is pending, applies it once, and then finds schema and code in agreement', async () => {
    const before = await runAcolhe(['migrate', '--check'], env);
    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/^0001_foundation\n/);
    expect(await runAcolhe(['seed-demo'], env)).toMatchObject({ code: 1, stdout: '' });
    const plan = await runAcolhe(['migrate', '--plan'], env);
    expect(plan).toMatchObject({ code: 0, stdout: before.stdout });

    const applied = await runAcolhe(['migrate', '--json'], env);
    expect((JSON.parse(applied.stdout) as { applied: string[] }).applied).toEqual(before.stdout.trim().split('\n'));
    expect(await runAcolhe(['migrate', '--check'], env)).toMatchObject({ code: 0, stdout: '' });
    expect(await runAcolhe(['makemigrations', '--check', '--dry-run'], env)).toMatchObject({ code: 0, stdout: '' });
  });

  it('names the column by which schema and code differ', async () => {
    await execute(database.url, 'alter table clinics add column motto text');
    const { code, stdout } = await runAcolhe(['makemigrations', '--check', '--dry-run'], env);
    expect(code).toBe(1);
    expect(stdout).toBe('Clinics.motto: the database has string | null, the code does not know it\n');
    const check = await runAcolhe(['check', '--json'], env);
    expect(check.code).toBe(1);
    expect(JSON.parse(check.stdout)).toMatchObject({
      ok: false,
      findings: [{ code: 'acolhe.D004', name: 'schema_differs' }],
    });
    await execute(database.url, 'alter table clinics drop column motto');
    expect(await runAcolhe(['check'], env)).toMatchObject({ code: 0, stdout: '' });
  });

  it('fills the demo clinic once', async () => {
    const [first, second] = [await runAcolhe(['seed-demo', '--json'], env), await runAcolhe(['seed-demo'], env)];
    expect(JSON.parse(first.stdout)).toMatchObject({ filled: true });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was done') as string });
  });
});

describe('beside a running server', () => {
  let server: TestServer;
  let env: Record<string, string>;
  const run = (...args: string[]): Promise<Run> => runAcolhe(args, env);

  beforeAll(async () => {
    server = await startTestServer();
    env = { DATABASE_URL: server.database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')) };
  });
  afterAll(() => server.stop());

  it('opens a clinic whose administrator can sign in, once', async () => {
    const made = await run('create-clinic', '--name', 'Pés & Cia', '--admin-email', 'maria@pes.example');
    expect(made.code).toBe(0);
    const { api } = await server.signIn('maria@pes.example');
    expect((await api('GET /me')).body).toMatchObject({
      firstName: 'Maria',
      role: 'administrator',
      clinic: { name: 'Pés & Cia' },
    });
    const again = await run('create-clinic', '--name', 'pés & cia', '--admin-email', 'outra@pes.example');
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: 'There is a clinic named “pés & cia” already.\n' });
    const taken = await run('create-clinic', '--name', 'Outra', '--admin-email', 'Maria@pes.example');
    expect(taken).toMatchObject({
      code: 1,
      stdout: '',
      stderr: "Maria@pes.example is somebody's sign-in address already.\n",
    });
    const wrong = await run('create-clinic', '--name', 'Outra', '--admin-email', 'maria');
    expect(wrong).toMatchObject({ code: 1, stderr: '"maria" is not an e-mail address.\n' });
  });

  it('makes a superuser who can sign in once an entry is open, and is listed nowhere', async () => {
    const made = await run('create-superuser', '--email', 'host@operator.example');
    expect(made).toMatchObject({
      code: 0,
      stdout:
        'host@operator.example has an account in Pés & Cia; `acolhe clinics enter` lets it act there for some hours.\n',
    });
    await expect(server.signIn('host@operator.example')).rejects.toMatchObject({
      status: 403,
      problem: { code: 'entry_missing' },
    });
    const reason = ['--reason', 'Chamado 12: agenda não abre'];
    await run('clinics', 'enter', 'Pés & Cia', '--as', 'host@operator.example', ...reason);
    const { api } = await server.signIn('host@operator.example');
    expect((await api('GET /me')).body.role).toBe('administrator');
    const { body } = await api('GET /professionals');
    expect(body.items.map(({ email }) => email)).toEqual(['maria@pes.example']);

    await server.createClinic('second.example');
    const unclear = await run('create-superuser', '--email', 'host2@operator.example');
    expect(unclear).toMatchObject({ code: 1, stdout: '' });
    expect(unclear.stderr).toBe('Choose a clinic with --clinic: “Clínica second.example”, “Pés & Cia”.\n');
  });

  it('exports what the web app exports, to a file that is its owner’s alone', async () => {
    const { api, accessToken } = await server.signIn('ana@second.example');
    for (const firstName of ['Rosa', '=1+1', 'Ágata "Gata"']) await api('POST /clients', { body: { firstName } });
    const response = await fetch(`${server.address}/api/v1/clients/export.csv`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const expected = await response.text();
    const file = join(await mkdtemp(join(tmpdir(), 'acolhe-cli-')), 'clientes.csv');
    const written = await run('export-clients-csv', '--professional', 'Ana@second.example', '-o', file);
    expect(written.code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(expected);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run('export-clients-csv', '--clinic', 'Clínica second.example')).stdout).toBe(expected);
    const empty = await run('export-clients-csv', '--professional', 'bruno@second.example');
    expect(empty.stdout).toBe(`${expected.split('\r\n')[0] ?? ''}\r\n`);
    expect(await run('export-clients-csv', '--professional', 'nobody@x.example')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Nobody signs in as nobody@x.example.\n',
    });
    const nowhere = join(file, '../nowhere');
    expect(await run('export-clients-csv', '-o', join(nowhere, 'x.csv'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `--output ${nowhere}/x.csv cannot be written: there is no folder ${nowhere}\n`,
    });
    expect(await run('export-clients-csv', '--clinic', 'Outra')).toMatchObject({
      code: 1,
      stderr: 'There is no clinic “Outra”.\n',
    });
  });

  it('ends without a word when nobody reads on, as with head', async () => {
    const child = startAcolhe(['export-clients-csv', '--clinic', 'Clínica second.example'], env);
    child.stdout?.destroy();
    const [errors, exit] = await Promise.all([text(child.stderr ?? Readable.from([])), once(child, 'exit')]);
    expect({ code: exit[0] as number | null, errors }).toEqual({ code: 141, errors: '' });
  });
});

describe('on records of long ago', () => {
  let database: TestDatabase;
  let run: (...args: string[]) => Promise<Run>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = { DATABASE_URL: database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')) };
    run = (...args) => runAcolhe(args, env);
    await execute(
      database.adminUrl,
      `insert into clinics (id, name) values ('00000000-0000-7000-8000-000000000001', 'Antiga')`,
      `insert into professionals (clinic_id, id, email, first_name, role) values
        ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'a@old.example', 'A', 'administrator')`,
      `insert into device_sessions (clinic_id, professional_id, device_key, refresh_expires_at, ended_at, end_reason)
        select p.clinic_id, p.id, 'device ' || days, now() - make_interval(days => days), ended, reason
        from professionals p, (values
          (-1, null::timestamptz, null), (80, null, null), (91, null, null),
          (200, now() - interval '89 days', 'signed_out'), (-1, now() - interval '91 days', 'device_limit')
        ) as s (days, ended, reason)`,
      `insert into idempotency_keys (clinic_id, professional_id, key, request_hash, record_id, created_at)
        select clinic_id, id, hours::text, '', id, now() - make_interval(hours => hours)
        from professionals, unnest(array[1, 23, 25, 400]) as hours`,
      `insert into rate_limits (key, points, expires_at) values
        ('over', 1, now() - interval '1 second'), ('running', 1, now() + interval '10 minutes')`,
      `insert into access_codes (clinic_id, professional_id, request_key, number, code_hash, requested_at, expires_at)
        select clinic_id, id, '', days, '', now(), now() - make_interval(days => days)
        from professionals, unnest(array[0, 6, 8]) as days`,
      `insert into sign_in_guards (email_key, updated_at, locked_until) values
        ('fresh', now(), null), ('idle', now() - interval '31 days', null),
        ('locked', now() - interval '31 days', now() + interval '1 hour')`,
      `insert into audit_events (clinic_id, actor_id, action) select clinic_id, id, 'signed_in'
        from professionals, generate_series(1, 12)`,
      `select app.seal_audit_events(null)`,
    );
  });
  afterAll(() => database.drop());

  it('deletes what has outlived its use, and nothing else', async () => {
    const first = await run('sessions', 'purge', '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      sessions: 2,
      codes: 1,
      idempotencyKeys: 2,
      guards: 1,
      rateLimits: 1,
    });
    const second = await run('sessions', 'purge', '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({
      sessions: 0,
      codes: 0,
      idempotencyKeys: 0,
      guards: 0,
      rateLimits: 0,
    });
  });

  it('finds the first link that was tampered with, and exits 1', async () => {
    const sound = await run('audit', 'verify', '--json');
    expect(sound.code).toBe(0);
    const [report] = JSON.parse(sound.stdout) as { links: number; head: string; broken?: unknown }[];
    expect(report).toMatchObject({ links: 12, head: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    await execute(
      database.adminUrl,
      'alter table audit_events disable trigger audit_events_append_only',
      `update audit_events set action = 'signed_out' where id = (select event_id from audit_seals where sequence = 7)`,
    );
    const tampered = await run('audit', 'verify');
    expect(tampered.code).toBe(1);
    expect(tampered.stdout).toMatch(/^Antiga: broken at link 7 \(event [0-9a-f-]{36}\): its event is not the one/);
    await execute(
      database.adminUrl,
      'alter table audit_seals disable trigger audit_seals_append_only',
      'delete from audit_seals where sequence = 3',
    );
    expect((await run('audit', 'verify')).stdout).toContain('broken at link 3: deleted: link 3');
  });

  it('notes the heads of the chains, and finds by them what was cut off at the end', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'acolhe-heads-')), 'heads.jsonl');
    const noted = await run('audit', 'head', '-o', file);
    expect(noted).toMatchObject({ code: 0, stdout: '' });
    expect((await run('audit', 'head', '-o', file)).code).toBe(1);
    expect(await run('audit', 'head')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"links":12') as string,
    });

    await execute(
      database.adminUrl,
      'alter table audit_seals disable trigger audit_seals_append_only',
      'delete from audit_seals where sequence > 10',
    );
    const cut = await run('audit', 'verify', '--head', file);
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain('Antiga: broken at link 11: cut off at the end: link 11 to 12 of the noted head');
    const unreadable = await run('audit', 'verify', '--head', import.meta.filename);
    expect(unreadable).toMatchObject({ code: 1, stdout: '' });
    expect(unreadable.stderr).toContain('line 1: not a head as acolhe audit head writes it');
  });
});
