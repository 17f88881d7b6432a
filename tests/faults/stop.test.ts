import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { email, type Installation, startInstallation } from './installation.ts';

describe('SIGTERM', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterEach(() => installation.killServers());
  afterAll(() => installation.stop());

  /** Makes every change of a client wait. @returns a function that lets them continue */
  async function holdClients(): Promise<() => Promise<void>> {
    const client = new pg.Client(installation.url);
    await client.connect();
    await client.query('begin');
    await client.query('lock table clients in exclusive mode');
    let released = false;
    const release = async (): Promise<void> => {
      if (released) return;
      released = true;
      await client.query('rollback');
      await client.end();
    };
    onTestFinished(release);
    return release;
  }

  const create = (address: string, accessToken: string) =>
    fetch(`${address}/api/v1/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Inês', professionalId: installation.professionalId }),
    });

  /** Counts new clients that wait for the lock. Periodic tasks that wait for it do not count. */
  const waiting = async (): Promise<number> =>
    (
      await installation.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where wait_event_type = 'Lock' and application_name = 'acolhe' and query like 'insert into "clients"%'`,
      )
    )[0]?.n ?? 0;

  it('lets requests in flight finish, takes no new ones, and waits for no idle connection', async () => {
    const server = await installation.startServer();
    const { accessToken } = await installation.signIn(server);
    const { hostname, port } = new URL(server.address);
    const agent = new Agent({ keepAlive: true });
    const kept = request(`${server.address}/healthz`, { agent });
    kept.end();
    const [answer] = (await once(kept, 'response')) as [{ resume(): void }];
    answer.resume();
    const events = await fetch(`${server.address}/api/v1/events`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(events.status).toBe(200);
    const release = await holdClients();
    const inFlight = Array.from({ length: 5 }, () => create(server.address, accessToken));
    // One person has four connections; the fifth request waits for one of them.
    await vi.waitUntil(async () => (await waiting()) === 4, 10_000);

    const started = performance.now();
    server.process.kill('SIGTERM');
    await vi.waitUntil(() => server.log.some(({ event }) => event === 'stopping'), 5000);
    await sleep(500);
    const refused = connect(Number(port), hostname);
    await expect(once(refused, 'connect')).rejects.toThrow('ECONNREFUSED');
    await release();
    expect((await Promise.all(inFlight)).map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(10_000);
    agent.destroy();
    await events.body?.cancel().catch(() => undefined);
  });

  it('ends within ten seconds also when a request does not', { timeout: 30_000 }, async () => {
    const server = await installation.startServer();
    const { accessToken } = await installation.signIn(server);
    await holdClients();
    let answered: number | undefined;
    const inFlight = create(server.address, accessToken).then(
      ({ status }) => (answered = status),
      () => (answered = 0),
    );
    await vi.waitUntil(async () => {
      expect(answered, 'the request was answered although it cannot be').toBeUndefined();
      return (await waiting()) === 1;
    }, 10_000);
    const started = performance.now();
    server.process.kill('SIGTERM');
    await server.exited;
    expect(performance.now() - started).toBeLessThan(11_000);
    expect([0, 503]).toContain(await inFlight);
  });

  it('hands a mail back that could not be delivered meanwhile', { timeout: 30_000 }, async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      silent.close();
    });
    const connected = once(silent, 'connection');
    const { port } = silent.address() as AddressInfo;
    const server = await installation.startServer({
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: String(port),
      DEFAULT_FROM_EMAIL: 'ola@faults.example',
    });
    await fetch(`${server.address}/api/v1/auth/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    await connected;
    const started = performance.now();
    server.process.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(10_000);
    const jobs = await installation.query('select attempts, locked_by from graphile_worker._private_jobs');
    expect(jobs).toEqual([{ attempts: 1, locked_by: null }]);
  });
});
