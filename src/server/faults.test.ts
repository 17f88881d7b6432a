import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { startTcpProxy, type TcpProxy } from '../../tests/support/tcp-proxy.ts';

describe('when the database is away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let server: TestServer;
  let bruno: SignedIn;
  let id: string;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    server = await startTestServer({ DATABASE_URL: proxy.url, DB_POOL_MAX: '4' });
    await server.createClinic('queda.test');
    bruno = await server.signIn('bruno@queda.test');
    id = (await bruno.api('POST /clients', { body: { firstName: 'Ágata' } })).body.id;
    admin = new pg.Client(database.adminUrl);
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await server.stop();
    await proxy.close();
    await database.drop();
  });
  afterEach(async () => {
    await proxy.restore();
    await recovered();
  });

  async function ask(path: string, init: RequestInit = {}) {
    const started = performance.now();
    const response = await fetch(`${server.address}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${bruno.accessToken}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      retryAfter: response.headers.get('retry-after'),
      body: (await response.json()) as Record<string, unknown>,
      ms: performance.now() - started,
    };
  }

  const register = (firstName: string) =>
    ask('/api/v1/clients', { method: 'POST', body: JSON.stringify({ firstName }) });

  async function expectUnavailable(answer: Promise<Awaited<ReturnType<typeof ask>>>) {
    const { status, type, retryAfter, body, ms } = await answer;
    expect(body).toMatchObject({
      status: 503,
      code: 'unavailable',
      detail: expect.stringContaining('indisponível') as string,
    });
    expect(status).toBe(503);
    expect(type).toContain('application/problem+json');
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(ms).toBeLessThan(5000);
    expect(JSON.stringify(body)).not.toMatch(/ECONN|postgres|timeout|5432/i);
  }

  const recovered = () =>
    expect.poll(async () => (await ask(`/api/v1/clients/${id}`)).status, { timeout: 10_000 }).toBe(200);

  describe.each<[fault: string, start: () => Promise<void>]>([
    ['refuses connections', () => proxy.cut()],
    [
      'swallows everything',
      () => {
        proxy.stall();
        return Promise.resolve();
      },
    ],
  ])('because it %s', (_, start) => {
    it('reads, changes and sign-ins are a 503 within five seconds, and all is well afterwards', async () => {
      await start();
      await Promise.all([
        expectUnavailable(ask(`/api/v1/clients/${id}`)),
        expectUnavailable(ask('/api/v1/clients')),
        expectUnavailable(ask('/api/v1/clients/export.csv')),
        expectUnavailable(register('Perdida')),
      ]);
      await expectUnavailable(
        ask('/api/v1/auth/codes', { method: 'POST', body: JSON.stringify({ email: 'bruno@queda.test' }) }),
      );
      await expectUnavailable(ask(`/api/v1/clients/${id}`));
      await proxy.restore();
      await recovered();
      expect((await bruno.api('GET /clients', { query: { q: 'perdida' } })).body.items).toEqual([]);
      expect((await register('Depois')).status).toBe(201);
    });

    it('the process says that it lives and that it cannot serve, and takes both back by itself', async () => {
      await start();
      const [alive, ready] = await Promise.all([ask('/healthz'), ask('/readyz')]);
      expect(alive.status).toBe(200);
      expect(alive.ms).toBeLessThan(1000);
      expect(ready.status).toBe(503);
      expect(ready.body).toMatchObject({ status: 'unavailable', checks: { database: false } });
      expect(ready.ms).toBeLessThan(5000);
      await proxy.restore();
      await expect.poll(async () => (await ask('/readyz')).status, { timeout: 10_000 }).toBe(200);
    });
  });

  it('connections that the server ended are replaced without anybody noticing twice', async () => {
    await Promise.all(Array.from({ length: 4 }, () => ask(`/api/v1/clients/${id}`)));
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(`/api/v1/clients/${id}`)));
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    await recovered();
  });

  it('a connection lost in the middle of a change leaves nothing half done', async () => {
    const outcomes = await Promise.all([
      ...Array.from({ length: 12 }, (_, n) => register(`Meio ${n}`)),
      admin.query(`select pg_sleep(0.01)`).then(() =>
        admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'acolhe' and pid <> pg_backend_pid()`),
      ),
    ]);
    const statuses = outcomes.flatMap((outcome) => ('status' in outcome ? [outcome.status] : []));
    expect(statuses.every((status) => status === 201 || status === 503)).toBe(true);
    await recovered();
    const { rows } = await admin.query<{ clients: string; versions: string; events: string }>(
      `select count(*) as clients,
        count((select v.client_id from client_versions v where v.client_id = c.id)) as versions,
        count((select e.id from audit_events e where e.record_id = c.id and action = 'client_created')) as events
        from clients c where first_name like 'Meio%'`,
    );
    expect(rows[0]?.versions).toBe(rows[0]?.clients);
    expect(rows[0]?.events).toBe(rows[0]?.clients);
    expect(Number(rows[0]?.clients)).toBeGreaterThanOrEqual(statuses.filter((status) => status === 201).length);
  });

  it('more requests than connections wait their turn, and none waits for ever', async () => {
    const many = (count: number) => Promise.all(Array.from({ length: count }, () => ask(`/api/v1/clients/${id}`)));
    expect(new Set((await many(30)).map(({ status }) => status))).toEqual(new Set([200]));

    // Takes every connection of the pool, so that requests get none.
    const held = await Promise.all(Array.from({ length: 4 }, () => server.db.pool.connect()));
    try {
      await Promise.all(Array.from({ length: 20 }, () => expectUnavailable(ask(`/api/v1/clients/${id}`))));
      expect((await ask('/healthz')).status).toBe(200);
    } finally {
      for (const client of held) client.release();
    }
    expect(new Set((await many(4)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('one person who waits for a lock keeps nobody else waiting', async () => {
    await admin.query('begin; lock table clients in access exclusive mode');
    try {
      const stuck = Promise.all(Array.from({ length: 6 }, () => ask(`/api/v1/clients/${id}`)));
      const ana = await server.signIn('ana@queda.test');
      expect((await ana.api('GET /me')).status).toBe(200);
      for (const { status, retryAfter } of await stuck) {
        expect([429, 503]).toContain(status);
        expect(Number(retryAfter)).toBeGreaterThan(0);
      }
    } finally {
      await admin.query('rollback');
    }
  });

  it('an error of the database that is nobody’s fault tells nothing of the inside', async () => {
    await admin.query('alter table clients rename column first_name to gone');
    const { status, type, body } = await ask(`/api/v1/clients/${id}`);
    await admin.query('alter table clients rename column gone to first_name');
    expect(status).toBe(500);
    expect(type).toContain('application/problem+json');
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    expect(body['code']).toBe('internal');
    expect(JSON.stringify(body)).not.toMatch(/first_name|column|select/);
    const line = server.logs.find(
      (entry) => entry.includes(String(body['requestId'])) && entry.includes('request_failed'),
    );
    expect(line).toContain('first_name');
    expect(line).not.toContain('Ágata');
  });

  it('a session that ended leaves its connection good for the next request', async () => {
    const carla = await server.signIn('carla@queda.test');
    await carla.api('DELETE /auth/sessions/current');
    for (let run = 0; run < 12; run++) {
      await expect(carla.api('GET /clients', { query: { q: `nova ${run}` } })).rejects.toMatchObject({
        problem: { status: 401, code: 'session_ended' },
      });
      expect((await bruno.api('GET /clients', { query: { q: `nova ${run}`, birthMonth: 1 } })).status).toBe(200);
    }
  });
});
