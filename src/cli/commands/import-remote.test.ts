import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { receiveCode } from '../../../tests/support/mailbox.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { setUpImporting, parseResult } from '../testing/remote-import.ts';
import { runAcolhe, startAcolhe } from '../testing/run-acolhe.ts';

const { importFrom, opened } = setUpImporting();

const cards = [
  {
    firstName: 'Zoë',
    lastName: "d'Ávila",
    socialName: '=1+1',
    email: 'zoe@example.com',
    phone: '+5511987654321',
    secondaryPhone: '+551132654321',
    document: '52998224725',
    dateOfBirth: '1990-12-31',
    profession: "'-- podóloga",
    address: { street: 'Rua Ó; "fundos"', number: '12', city: 'São Paulo', state: 'SP', postalCode: '01310100' },
    guardian: { name: 'Íris', phone: '+5511912345678' },
    healthInsurance: { plan: 'Saúde', number: '0001' },
    tags: ['vip, mensal', 'retorno'],
    notes: 'primeira linha\nsegunda, com "aspas"; e 🙂',
    extra: { Calçado: '38', '=x': "'=y" },
  },
  { firstName: 'Bia', lastName: 'Lopes', phone: '+5511955554444' },
  { firstName: 'Davi', lastName: 'Moreira', phone: '+5511955554444', allowSharedPhone: true },
  { firstName: 'Caio' },
] as const;

describe('from another Acolhe', () => {
  let there: TestServer;
  let exported: string;

  beforeAll(async () => {
    there = await startTestServer();
    await there.createClinic('there.example');
    const { api } = await there.signIn('ana@there.example');
    for (const { tags = [], ...card } of cards as readonly { tags?: readonly string[]; firstName: string }[])
      await api('POST /clients', { body: { ...card, tags: [...tags] } });
    exported = (await api('GET /clients/export.csv')).body as unknown as string;
  });
  afterAll(() => there.stop());

  it('says what is missing before anything is sent', async () => {
    const [nobody, both, plain, wrong, stranger] = await Promise.all([
      importFrom(there.address, []),
      importFrom(there.address, ['--email', 'ana@there.example'], { ACOLHE_REMOTE_TOKEN: 'x'.repeat(20) }),
      importFrom('http://clinica.example', ['--token', 'x'.repeat(20)]),
      importFrom('clinica', ['--token', 'x'.repeat(20)]),
      runAcolhe(
        ['import-remote', '--api-base', there.address, '--professional', 'no@here.example', '--token', 'x'],
        opened().env,
      ),
    ]);
    expect(nobody).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('--email or --token') as string,
    });
    expect(both).toMatchObject({ code: 1, stderr: expect.stringContaining('either --email or --token') as string });
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining('--allow-http') as string });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('such as https://') as string });
    expect(stranger.code).toBe(1);
    expect(stranger.stderr).toContain('no@here.example');
  });

  it('signs in with a code, brings every client as it is, and signs out again', async () => {
    const code = await there.fetchCode('ana@there.example');
    const run = await importFrom(`${there.address}/api/v1/`, ['--email', 'ana@there.example'], {
      ACOLHE_REMOTE_OTP: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(parseResult(run)).toMatchObject({ total: 4, created: 4, rejected: 0, conflicts: 0 });
    // Whoever is named here is whose clients they are now.
    expect((await opened().bruno.api('GET /clients/export.csv')).body as unknown as string).toBe(
      exported.replaceAll('ana@there.example', 'bruno@here.example'),
    );
    const { api } = await there.signIn('ana@there.example');
    const { body } = await api('GET /auth/sessions');
    expect(body.items.map(({ deviceName }) => deviceName)).not.toContain('acolhe import-remote');
    const { body: imports } = await opened().bruno.api('GET /imports');
    expect(imports.items[0]).toMatchObject({ source: 'remote', fileName: new URL(there.address).host, created: 4 });
  });

  it('changes nothing the second time, with a token that goes on living', async () => {
    const { accessToken, api } = await there.signIn('ana@there.example');
    const again = await importFrom(there.address, ['--dry-run'], { ACOLHE_REMOTE_TOKEN: accessToken });
    expect(parseResult(again)).toMatchObject({ total: 4, created: 0, updated: 0, unchanged: 4 });
    const first = await importFrom(there.address, ['--token', accessToken, '--limit', '1']);
    expect(parseResult(first)).toMatchObject({ total: 1, unchanged: 1 });
    expect((await api('GET /me')).status).toBe(200);
    expect(again.stderr + first.stderr).not.toContain(accessToken);
  });

  it('takes the code that is written to it when it asks', async () => {
    const email = 'bruno@there.example';
    const child = startAcolhe(
      [
        'import-remote',
        '--api-base',
        there.address,
        '--professional',
        'bruno@here.example',
        '--email',
        email,
        '--dry-run',
        '--json',
      ],
      opened().env,
      'pipe',
    );
    const { stdin, stdout, stderr } = child;
    if (stdin === null || stdout === null || stderr === null) throw new Error('no way to talk');
    const result = text(stdout);
    let asked = '';
    stderr.on('data', (piece: Buffer) => (asked += piece.toString()));
    await vi.waitFor(() => {
      expect(asked).toContain(`arrived at ${email}: `);
    }, 60_000);
    const code = await vi.waitFor(async () => {
      const answer = await fetch(`${there.address}/dev/mailbox`, { headers: { accept: 'application/json' } });
      const { items } = (await answer.json()) as { items: { to: string; code: string | null }[] };
      return items.find(({ to }) => to === email)?.code ?? Promise.reject(new Error('no mail'));
    }, 60_000);
    stdin.end(`${code}\n`);
    expect(JSON.parse(await result)).toMatchObject({ status: 'done', dryRun: true, processed: 0 });
  });

  it('tells what to do where it is refused', async () => {
    const { accessToken } = await there.signIn('carla@there.example');
    const [reception, stale, wrong] = await Promise.all([
      importFrom(there.address, [], { ACOLHE_REMOTE_TOKEN: accessToken }),
      importFrom(there.address, [], { ACOLHE_REMOTE_TOKEN: 'not-a-token-of-theirs' }),
      importFrom(there.address, ['--email', 'ana@there.example', '--otp', '000000']),
    ]);
    expect(reception).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('sign in as an administrator') as string,
    });
    expect(stale).toMatchObject({ code: 1, stderr: expect.stringContaining('take a fresh one') as string });
    expect(stale.stderr).not.toContain('not-a-token-of-theirs');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('for a new code') as string });
  });

  it.skipIf(spawnSync('script', ['--version']).status !== 0)('asks for the code on a terminal', async () => {
    const command = [
      process.execPath,
      join(import.meta.dirname, '..', 'main.ts'),
      ...['import-remote', '--api-base', there.address, '--professional', 'bruno@here.example'],
      ...['--email', 'bruno@there.example'],
    ]
      .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
      .join(' ');
    const start = () =>
      spawn('script', ['-qefc', command, '/dev/null'], {
        env: { PATH: process.env['PATH'] ?? '', ...opened().env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
    let child: ReturnType<typeof start> | undefined;
    let shown = '';
    const mailed = await receiveCode(there, 'bruno@there.example', () => {
      child = start();
      child.stdout.on('data', (bytes: Buffer) => (shown += bytes.toString()));
      return vi.waitFor(() => {
        expect(shown).toContain('The code that arrived at bruno@there.example: ');
      }, 60_000);
    });
    child?.stdin.write(`${mailed}\n`);
    const code = await new Promise((resolve) => child?.on('exit', resolve));
    expect(shown).toContain('0 rows: 0 new');
    expect(code).toBe(0);
  });
});
