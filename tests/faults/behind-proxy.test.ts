import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { StepResult } from '../../src/cli/smoke/report.ts';
import { startAcolhe } from '../../src/cli/testing/run-acolhe.ts';
import { findFreePort } from '../../src/server/embedded-database/server.ts';
import { createSelfSigned } from '../../src/server/mail/testing/self-signed.ts';
import { type SmtpSink, startSmtpSink } from '../../src/server/mail/testing/smtp-sink.ts';
import { email, type Installation, type ServerProcess, startInstallation } from './installation.ts';

const deploy = join(import.meta.dirname, '..', '..', 'deploy', 'nginx');
/** Debian has nginx in /usr/sbin, which is not in everybody's PATH. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
const hasNginx = spawnSync('nginx', ['-v'], { env }).status === 0;
/** Arguments of `unshare` for a network namespace in which ports 80 and 443 are free and may be used by anybody. */
const ownPorts = ['--map-root-user', '--net'];
const hasOwnPorts = spawnSync('unshare', [...ownPorts, 'true']).status === 0;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * Writes a folder like /etc/nginx, with the files of deploy/nginx unchanged except for `changes`, and a short nginx.conf in place
 * of a distribution's.
 */
async function writeNginxFolder(upstream: string, changes: (site: string) => string = (site) => site): Promise<Layout> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-nginx-'));
  // nginx's workers run as another user.
  await chmod(folder, 0o755);
  await Promise.all(['certificates', 'conf.d'].map((name) => mkdir(join(folder, name))));
  const { key, cert } = createSelfSigned('localhost');
  await writeFile(join(folder, 'certificates', 'privkey.pem'), key);
  await writeFile(join(folder, 'certificates', 'fullchain.pem'), cert);
  await writeFile(join(folder, 'acolhe-upstream.conf'), upstream);
  await writeFile(join(folder, 'conf.d', 'acolhe.conf'), changes(await readFile(join(deploy, 'acolhe.conf'), 'utf8')));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const main = join(folder, 'nginx.conf');
  await writeFile(
    main,
    `pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1; events { worker_connections 1024; }
     http { access_log off; ${temporary.join(' ')} include conf.d/*.conf; }`,
  );
  return { folder, main, cert };
}

interface Layout {
  readonly folder: string;
  readonly main: string;
  readonly cert: string;
}

/** Starts nginx with the shipped files; only the servers' addresses and its own ports are replaced. */
async function startNginx(servers: readonly string[], ports: { readonly http: number; readonly https: number }) {
  const upstream = (await readFile(join(deploy, 'upstream.conf'), 'utf8')).replace(
    /127\.0\.0\.1:(3001|3002)/g,
    (_, port: string) => new URL(servers[port === '3001' ? 0 : 1] ?? '').host,
  );
  const layout = await writeNginxFolder(upstream, (site) =>
    site
      .replace(/^ *listen \[::\].*$/gm, '')
      .replace('listen 80 ', `listen 127.0.0.1:${String(ports.http)} `)
      .replace('listen 443 ', `listen 127.0.0.1:${String(ports.https)} `),
  );
  const nginx = spawn('nginx', ['-c', layout.main, '-g', 'daemon off;'], { stdio: 'pipe', env });
  const said: string[] = [];
  nginx.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await vi.waitUntil(
    async () => {
      if (nginx.exitCode !== null) throw new Error(`nginx did not start: ${said.join('')}`);
      const socket = connect(ports.https, '127.0.0.1');
      return once(socket, 'connect').then(
        () => socket.destroy() instanceof Object,
        () => false,
      );
    },
    { timeout: 10_000, interval: 50 },
  );
  return { nginx, ...layout };
}

/** Checks the files by `nginx -t`, as the only user of the namespace. */
const checkFiles = (main: string) =>
  spawnSync('unshare', [...ownPorts, 'nginx', '-t', '-c', main, '-g', 'user root;'], { env, encoding: 'utf8' });

describe.runIf(hasNginx && hasOwnPorts)('the nginx files as they are shipped', () => {
  it.each([
    ['upstream.conf', (list: string) => list],
    // Compose's name for the servers exists only in its network.
    ['upstream-compose.conf', (list: string) => list.replace('server server:', 'server 127.0.0.1:')],
  ])('are taken by nginx without a word, with %s', async (file, changes) => {
    const { folder, main } = await writeNginxFolder(changes(await readFile(join(deploy, file), 'utf8')));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { status, stderr } = checkFiles(main);
    expect({ status, said: stderr.split('\n').filter((line) => /\[\w+\]/.test(line)) }).toEqual({
      status: 0,
      said: [],
    });
    expect(await readFile(join(folder, 'error.log'), 'utf8')).toBe('');
  });

  it('are refused beside a default site, which would answer in their place', async () => {
    const { folder, main } = await writeNginxFolder(await readFile(join(deploy, 'upstream.conf'), 'utf8'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'conf.d', 'default.conf'), 'server { listen 80 default_server; root /var/www/html; }');
    const { status, stderr } = checkFiles(main);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('duplicate default server') as string,
    });
  });
});

describe.runIf(hasNginx)('two servers in production mode behind nginx', () => {
  let installation: Installation;
  let sink: SmtpSink;
  let servers: ServerProcess[];
  let agent: Agent;
  let token = '';
  let ports: { http: number; https: number };
  let certificate = '';

  const parts = new AsyncDisposableStack();

  beforeAll(async () => {
    installation = await startInstallation();
    parts.defer(() => installation.stop());
    sink = await startSmtpSink();
    parts.defer(() => sink.close());
    servers = await Promise.all([installation.startServer(production()), installation.startServer(production())]);
    ports = { http: await findFreePort(), https: await findFreePort() };
    const { nginx, folder, cert } = await startNginx(
      servers.map(({ address }) => address),
      ports,
    );
    certificate = join(folder, 'certificates', 'fullchain.pem');
    parts.defer(() => rm(folder, { recursive: true }));
    parts.defer(async () => {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
    });
    agent = new Agent({ ca: cert, servername: 'localhost', keepAlive: true, maxSockets: 8 });
    parts.defer(() => {
      agent.destroy();
    });
    token = await signIn();
  });
  afterAll(() => parts.disposeAsync());

  const production = (): Record<string, string> => ({
    DEBUG: 'False',
    SECRET_KEY: 'k7Qw2ZpX9vR4mT8sB1nY6cL3hJ5gF0dAq8Wz',
    ALLOWED_HOSTS: 'localhost',
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: String(sink.port),
    TRUSTED_PROXY_HOPS: '1',
  });

  const call = (
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) =>
    new Promise<Answer>((resolve, reject) => {
      const text = options.body === undefined ? undefined : JSON.stringify(options.body);
      const outgoing = request(
        `https://localhost:${String(ports.https)}${path}`,
        {
          method,
          agent,
          headers: {
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
            ...options.headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });

  const signIn = async (): Promise<string> => {
    expect((await call('POST', '/api/v1/auth/codes', { body: { email } })).status).toBe(202);
    await vi.waitUntil(() => sink.received.length > 0, 15_000);
    const code = /\b\d{6}\b/.exec(sink.received[0]?.mail.text ?? '')?.[0];
    const opened = await call('POST', '/api/v1/auth/sessions', {
      body: { email, code, device: { id: randomUUID() }, transport: 'bearer' },
    });
    expect(opened.status).toBe(201);
    return (JSON.parse(opened.body) as { accessToken: string }).accessToken;
  };

  it('send http to https, keep their secrets, and sign in whichever of them answers', async () => {
    const redirect = await fetch(`http://127.0.0.1:${String(ports.http)}/clientes?x=1`, {
      redirect: 'manual',
      headers: { host: 'localhost' },
    });
    expect({ status: redirect.status, to: redirect.headers.get('location') }).toMatchObject({
      status: 308,
      to: expect.stringMatching(/^https:\/\/[^/]+\/clientes\?x=1$/) as string,
    });
    const health = await call('GET', '/healthz');
    expect(health.headers['strict-transport-security']).toMatch(/max-age=31536000/);
    expect((await call('GET', '/metrics')).status).toBe(404);
    expect((await call('GET', '/dev/mailbox', { headers: { accept: 'application/json' } })).body).not.toContain(
      'items',
    );
    expect((await call('GET', '/healthz', { headers: { host: 'other.example' } })).status).toBe(200);
    expect((await call('GET', '/api/v1/me', { headers: { host: 'other.example' } })).status).toBe(400);

    // Both servers answer, and the session is valid on both.
    const answers = await Promise.all(Array.from({ length: 40 }, () => call('GET', '/api/v1/me', { token })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const counts = servers.map(({ log }) => log.filter(({ event }) => event === 'request').length);
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });

  it('pass the checks of acolhe smoke, but for a certificate of a day and a port of their own', async () => {
    const child = startAcolhe(['smoke', '--base-url', `https://localhost:${String(ports.https)}`, '--json'], {
      NODE_EXTRA_CA_CERTS: certificate,
    });
    const results = (JSON.parse(await text(child.stdout ?? Readable.from([]))) as { results: StepResult[] }).results;
    const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
    expect(failed).toEqual(['certificate', 'http is sent to https']);
    expect(results.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['health', 'security headers', 'data is behind a sign-in']),
    );
  });

  it(
    'go on without a failed read while one is stopped, and while the other is killed',
    { timeout: 60_000 },
    async () => {
      const [first, second] = servers;
      const statuses: number[] = [];
      const made: string[] = [];
      let running = true;
      const reader = async (): Promise<void> => {
        while (running) statuses.push((await call('GET', '/api/v1/clients', { token })).status);
      };
      const writer = async (): Promise<void> => {
        const body = { firstName: 'Inês', professionalId: installation.professionalId };
        while (running) {
          const answer = await call('POST', '/api/v1/clients', { token, body });
          if (answer.status === 201) made.push((JSON.parse(answer.body) as { id: string }).id);
          await sleep(5);
        }
      };
      const work = Promise.all([reader(), reader(), reader(), writer(), writer()]);
      await sleep(500);
      first?.process.kill('SIGTERM');
      expect(await first?.exited).toEqual({ code: 0, signal: null });
      await sleep(500);
      const third = await installation.startServer({ ...production(), PORT: new URL(first?.address ?? '').port });
      await sleep(6000);
      second?.process.kill('SIGKILL');
      await sleep(1000);
      running = false;
      await work;
      expect(third.process.exitCode).toBeNull();
      expect(statuses.length).toBeGreaterThan(100);
      expect(statuses.filter((status) => status !== 200)).toEqual([]);
      const rows = await installation.query('select id from clients where id = any ($1)', [made]);
      expect(rows).toHaveLength(made.length);
    },
  );
});
