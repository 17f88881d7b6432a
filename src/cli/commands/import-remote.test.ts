import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasDjango, startDjango } from '../../../tests/support/django_remote/start-django.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { createSelfSigned } from '../../server/mail/testing/self-signed.ts';
import { type Run, runAcolhe, startAcolhe } from '../testing/run-acolhe.ts';

// Each command is a process of its own, and a busy machine starts few of them a second.
vi.setConfig({ testTimeout: 120_000 });

interface Result {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly problems: readonly { readonly line: number; readonly code: string; readonly value: string }[];
}

const resultOf = (run: Run): Result => {
  expect(run).toMatchObject({ code: 0 });
  return JSON.parse(run.stdout) as Result;
};

let here: TestServer;
let env: Record<string, string>;
let bruno: SignedIn;

beforeAll(async () => {
  here = await startTestServer();
  await here.createClinic('here.example');
  bruno = await here.signIn('bruno@here.example');
  env = { DATABASE_URL: here.database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')) };
});
afterAll(() => here.stop());

const importFrom = (base: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Run> =>
  runAcolhe(['import-remote', '--api-base', base, '--professional', 'bruno@here.example', '--json', ...args], {
    ...env,
    ...more,
  });

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
        env,
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
    expect(resultOf(run)).toMatchObject({ total: 4, created: 4, rejected: 0, conflicts: 0 });
    expect((await bruno.api('GET /clients/export.csv')).body as unknown as string).toBe(exported);
    const { api } = await there.signIn('ana@there.example');
    const { body } = await api('GET /auth/sessions');
    expect(body.items.map(({ deviceName }) => deviceName)).not.toContain('acolhe import-remote');
    const { body: imports } = await bruno.api('GET /imports');
    expect(imports.items[0]).toMatchObject({ source: 'remote', fileName: new URL(there.address).host, created: 4 });
  });

  it('changes nothing the second time, with a token that goes on living', async () => {
    const { accessToken, api } = await there.signIn('ana@there.example');
    const again = await importFrom(there.address, ['--dry-run'], { ACOLHE_REMOTE_TOKEN: accessToken });
    expect(resultOf(again)).toMatchObject({ total: 4, created: 0, updated: 0, unchanged: 4 });
    const first = await importFrom(there.address, ['--token', accessToken, '--limit', '1']);
    expect(resultOf(first)).toMatchObject({ total: 1, unchanged: 1 });
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
      env,
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
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    child.stdout.on('data', (bytes: Buffer) => (shown += bytes.toString()));
    await vi.waitFor(() => {
      expect(shown).toContain('The code that arrived at bruno@there.example: ');
    }, 60_000);
    const mails = await vi.waitFor(async () => {
      const answer = await fetch(`${there.address}/dev/mailbox`, { headers: { accept: 'application/json' } });
      const { items } = (await answer.json()) as { items: { to: string; code: string | null }[] };
      const found = items.find(({ to, code }) => to === 'bruno@there.example' && code !== null);
      if (found === undefined) throw new Error('no mail');
      return found;
    }, 20_000);
    child.stdin.write(`${mails.code ?? ''}\n`);
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(shown).toContain('0 rows: 0 new');
    expect(code).toBe(0);
  });
});

const people = Array.from({ length: 230 }, (_, index) => ({
  first_name: `Cliente ${String(index)}`,
  last_name: 'Silva',
  email: `cliente${String(index)}@example.com`,
  phone: `119${String(80_000_000 + index)}`,
  address: 'Rua das Flores',
  address_number: '10',
  neighborhood: 'Centro',
  city: 'São Paulo',
  state: 'SP',
  postal_code: '01310-100',
  profession: 'Professora',
  date_of_birth: '1985-02-28',
  footwear_used: 'tênis',
  takes_medication: index % 2 === 0,
}));

// python3-django, python3-djangorestframework and python3-djangorestframework-simplejwt of Debian.
describe.skipIf(!hasDjango)('from the earlier Django system', () => {
  const email = 'dona@antigo.example';

  it('sends a code, says how to hand it over, and then reads page by page', async () => {
    const clients = [...people, { first_name: 'Sem', last_name: 'Telefone', phone: '123', state: 'XX' }];
    const django = await startDjango({ clients, root: 'register/', pageSize: 50, full: true, devices: false });
    try {
      const first = await importFrom(django.address, ['--email', email]);
      expect(first).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('ACOLHE_REMOTE_OTP') as string,
      });
      const code = django.code() ?? '';
      expect(code).toMatch(/^\d{6}$/);

      const rejected = join(await mkdtemp(join(tmpdir(), 'acolhe-rejected-')), 'rejected.csv');
      const run = await importFrom(`${django.address}/register/`, ['--email', email, '--rejected', rejected], {
        ACOLHE_REMOTE_OTP: code,
      });
      const result = resultOf(run);
      expect(result).toMatchObject({ total: 231, created: 230, rejected: 1 });
      expect(result.problems.map(({ line, value }) => [line, value])).toEqual([
        [231, '123'],
        [231, 'XX'],
      ]);
      expect(run.stdout + run.stderr).not.toContain(code);
      expect((await stat(rejected)).mode & 0o777).toBe(0o600);
      expect(await readFile(rejected, 'utf8')).toContain('Telefone');

      const { body } = await bruno.api('GET /clients', { query: { q: 'cliente7@example.com' } });
      const { body: card } = await bruno.api('GET /clients/{id}', { params: { id: body.items[0]?.id ?? '' } });
      expect(card).toMatchObject({
        firstName: 'Cliente 7',
        phone: '+5511980000007',
        dateOfBirth: '1985-02-28',
        address: { street: 'Rua das Flores', number: '10', postalCode: '01310100', state: 'SP' },
        extra: { footwear_used: 'tênis', takes_medication: 'false' },
      });
      expect(Object.keys(card.extra ?? {})).toHaveLength(2);

      const used = await importFrom(django.address, ['--email', email, '--otp', code]);
      expect(used).toMatchObject({ code: 1, stderr: expect.stringContaining('Código inválido') as string });
      expect(used.stderr).not.toContain(code);
    } finally {
      await django.stop();
    }
  });

  it('reads a bare list of what is there, and knows the clients again', async () => {
    const django = await startDjango({ clients: people, root: '', pageSize: 0, full: false, devices: true });
    try {
      await importFrom(django.address, ['--email', email]);
      const run = await importFrom(django.address, ['--email', email, '--otp', django.code() ?? '', '--limit', '200']);
      expect(resultOf(run)).toMatchObject({ total: 200, created: 0, unchanged: 200, rejected: 0 });
    } finally {
      await django.stop();
    }
  });
});

describe('over https', () => {
  it('wants a certificate it can trust, and takes http of the same address for a proxy that says so', async () => {
    const { key, cert } = createSelfSigned('localhost');
    const certificate = join(await mkdtemp(join(tmpdir(), 'acolhe-certificate-')), 'cert.pem');
    await writeFile(certificate, cert);
    const remote = createServer({ key, cert }, (request, response) => {
      const { authorization, host = '' } = request.headers;
      const last = request.url?.includes('page=2') === true;
      const isList = request.url?.startsWith('/register/clients/') === true;
      response.writeHead(isList ? (authorization === undefined ? 401 : 200) : 404, {
        'content-type': 'application/json',
      });
      response.end(
        JSON.stringify({
          results: [{ first_name: last ? 'Última' : 'Primeira' }],
          next: last ? null : `http://${host.replace(/:.*/, '')}/register/clients/?page=2`,
        }),
      );
    });
    remote.listen(0, '127.0.0.1');
    await once(remote, 'listening');
    try {
      const base = `https://localhost:${String((remote.address() as AddressInfo).port)}`;
      const more = { ACOLHE_REMOTE_TOKEN: 'token-of-theirs' };
      const stranger = await importFrom(base, [], more);
      expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('self-signed certificate') as string });
      const run = await importFrom(base, ['--dry-run'], { ...more, NODE_EXTRA_CA_CERTS: certificate });
      expect(resultOf(run)).toMatchObject({ total: 2, created: 2 });
    } finally {
      remote.closeAllConnections();
      remote.close();
    }
  });
});
