import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { runAcolhe, startAcolhe } from '../testing/run-acolhe.ts';

// Each serving process is one more to start, and a busy machine starts few of them a second.
vi.setConfig({ testTimeout: 120_000 });

const token = 'k7Qw2ZpX9vR4mT8sB1nY6cL3';

interface Entry {
  readonly event?: string;
  readonly process?: number;
  readonly pid?: number;
  readonly address?: string;
}

interface Serving {
  readonly pid: number;
  readonly address: string;
  readonly log: readonly Entry[];
  readonly complaints: Promise<string>;
  readonly exited: Promise<unknown[]>;
  kill(signal: NodeJS.Signals): void;
  /** The process ids of all that have started, by their number, the newest last. */
  started(number: number): number[];
}

describe('acolhe serve --workers', () => {
  let database: TestDatabase;
  let env: Record<string, string>;
  const running = new Set<Serving>();

  beforeAll(async () => {
    database = await createTestDatabase();
    env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-workers-')),
      DATABASE_URL: database.url,
      LOG_LEVEL: 'info',
      // Several processes cannot share the mailbox page.
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: '9',
      EMAIL_USE_TLS: 'false',
      DEFAULT_FROM_EMAIL: 'acolhe@clinica.example',
      METRICS_TOKEN: token,
    };
  });
  afterEach(async () => {
    for (const server of running) server.kill('SIGKILL');
    await Promise.all([...running].map(({ exited }) => exited));
    running.clear();
  });
  afterAll(() => database.drop());

  async function serve(workers: number, more: Readonly<Record<string, string>> = {}): Promise<Serving> {
    const child = startAcolhe(['serve', '--workers', String(workers)], { ...env, ...more });
    const { stdout, stderr, pid } = child;
    if (stdout === null || stderr === null || pid === undefined) throw new Error('no process to read from');
    const log: Entry[] = [];
    createInterface(stdout).on('line', (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line) as Entry);
    });
    const complaints = text(stderr);
    const exited = once(child, 'exit');
    const started = (number: number): number[] =>
      log.flatMap((entry) => (entry.event === 'process_started' && entry.process === number ? [entry.pid ?? 0] : []));
    const address = await vi.waitUntil(() => log.find(({ event }) => event === 'listening')?.address, {
      timeout: 60_000,
    });
    const server: Serving = {
      pid,
      address: address.replace('localhost', '127.0.0.1'),
      log,
      complaints,
      exited,
      started,
      kill: (signal) => child.kill(signal),
    };
    running.add(server);
    return server;
  }

  const allServe = (server: Serving, workers: number) =>
    vi.waitUntil(
      () => Array.from({ length: workers }, (_, index) => server.started(index + 1).length).every((count) => count > 0),
      { timeout: 60_000 },
    );

  /** A request on a connection of its own, so that the processes take turns. */
  const get = (server: Serving, path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.address}${path}`, { headers: { connection: 'close', ...headers } });

  const askForCode = (server: Serving, email: string) =>
    fetch(`${server.address}/api/v1/auth/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ email }),
    });

  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  const countRequests = async (server: Serving): Promise<number> => {
    const answer = await get(server, '/metrics', { authorization: `Bearer ${token}` });
    const name = 'acolhe_http_request_duration_seconds_count{method="GET",route="/healthz",status="200"}';
    const line = (await answer.text()).split('\n').find((other) => other.startsWith(name));
    return Number(line?.slice(name.length) ?? 0);
  };

  it('answers from every process, and whichever is asked counts for all and knows the jobs', async () => {
    const server = await serve(3);
    await allServe(server, 3);
    for (let request = 0; request < 12; request++) expect((await get(server, '/healthz')).status).toBe(200);
    const answering = () => new Set(server.log.flatMap((entry) => (entry.event === 'request' ? [entry.process] : [])));
    await vi.waitUntil(() => answering().size === 3, { timeout: 10_000 });
    for (let asked = 0; asked < 3; asked++) expect(await countRequests(server)).toBe(12);
    for (let asked = 0; asked < 3; asked++) {
      const answer = await get(server, '/readyz');
      expect(await answer.json()).toMatchObject({ status: 'ok', checks: { worker: true } });
    }
    expect(server.log.filter(({ event }) => event === 'listening')).toHaveLength(1);
  });

  it('opens no more connections than one process would, and runs jobs once', async () => {
    const server = await serve(2, { DB_POOL_MAX: '4' });
    await allServe(server, 2);
    const client = new pg.Client(database.url);
    await client.connect();
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => askForCode(server, `p${String(index)}@clinica.example`)),
    );
    const { rows } = await client.query<{ connections: number; listening: number }>(
      `select count(*)::int as connections, count(*) filter (where query ilike 'listen%')::int as listening
       from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await client.end();
    expect(rows[0]?.connections).toBeLessThanOrEqual(4 + 8 + 2);
    expect(rows[0]?.listening).toBeLessThanOrEqual(2);
  });

  it('replaces a process that ends, also the one that runs the jobs', async () => {
    const server = await serve(2);
    await allServe(server, 2);
    for (const number of [2, 1]) {
      const [pid = 0] = server.started(number);
      process.kill(pid, 'SIGKILL');
      await vi.waitUntil(() => server.started(number).length === 2, { timeout: 60_000 });
      expect((await get(server, '/healthz')).status).toBe(200);
    }
    await vi.waitUntil(async () => (await get(server, '/readyz')).status === 200, { timeout: 30_000, interval: 200 });
    expect(server.log).toEqual(
      expect.arrayContaining([expect.objectContaining({ event: 'process_ended', process: 1, signal: 'SIGKILL' })]),
    );
  });

  it('gives up when processes end one after the other, and says so', async () => {
    const server = await serve(2);
    await allServe(server, 2);
    let isOver = false;
    void server.exited.then(() => {
      isOver = true;
    });
    const killed = new Set<number>();
    await vi.waitUntil(
      () => {
        for (const pid of [1, 2].flatMap((number) => server.started(number)))
          if (!killed.has(pid) && isAlive(pid)) {
            killed.add(pid);
            process.kill(pid, 'SIGKILL');
          }
        return isOver;
      },
      { timeout: 110_000, interval: 50 },
    );
    expect(await server.exited).toEqual([1, null]);
    expect(await server.complaints).toContain('end again and again');
    expect(server.log.at(-1)).toMatchObject({ event: 'processes_keep_ending' });
  });

  it('ends all processes on SIGTERM once the requests in flight are answered', async () => {
    const server = await serve(2);
    await allServe(server, 2);
    const client = new pg.Client(database.url);
    await client.connect();
    // Earlier tests may have used up what one address may ask.
    await client.query('truncate rate_limits');
    await client.query('begin');
    await client.query('lock table rate_limits in access exclusive mode');
    const answers = Promise.all(['ana', 'bruno'].map((name) => askForCode(server, `${name}@clinica.example`)));
    const observer = new pg.Client(database.url);
    await observer.connect();
    const waiting = `select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`;
    await vi.waitUntil(async () => (await observer.query<{ n: number }>(waiting)).rows[0]?.n === 2, {
      timeout: 30_000,
    });
    server.kill('SIGTERM');
    await vi.waitUntil(() => server.log.filter(({ event }) => event === 'stopping').length === 3, { timeout: 8000 });
    await client.query('rollback');
    await Promise.all([client.end(), observer.end()]);
    expect((await answers).map(({ status }) => status)).toEqual([202, 202]);
    expect(await server.exited).toEqual([0, null]);
    for (const pid of [1, 2].flatMap((number) => server.started(number))) expect(isAlive(pid)).toBe(false);
  });

  it('leaves no process behind when the first is killed', async () => {
    const server = await serve(2);
    await allServe(server, 2);
    server.kill('SIGKILL');
    await server.exited;
    await vi.waitUntil(() => [1, 2].flatMap((number) => server.started(number)).every((pid) => !isAlive(pid)), {
      timeout: 30_000,
    });
  });

  it('says once why it does not start', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const run = await runAcolhe(['serve', '--workers', '2'], { ...env, PORT: String(port) });
    expect(run).toMatchObject({
      code: 1,
      stderr: `Port ${String(port)} is taken: stop what uses it, or set PORT to another.\n`,
    });
    other.close();
  });

  it.each([
    ['none', '0', {}, 'whole number'],
    ['a part of one', '1.5', {}, 'whole number'],
    ['more than connections', '5', { DB_POOL_MAX: '4' }, 'DB_POOL_MAX allows 4'],
    ['several with the mailbox page', '2', { EMAIL_HOST: '' }, 'set EMAIL_HOST'],
  ])('refuses %s', async (_, workers, more, words) => {
    const { code, stderr } = await runAcolhe(['serve', '--workers', workers], { ...env, ...more });
    expect(code).toBe(1);
    expect(stderr).toContain(words);
  });
});
