import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';

type Request = readonly [method: 'GET' | 'POST', path: string, body?: object];

const calendar: Request = ['GET', '/calendar/unknown.ics'];
/** A request without a session to every feature that takes some. */
const requests: readonly Request[] = [
  ['GET', '/api/v1/public/confirmations/unknown'],
  ['GET', '/api/v1/public/policies'],
  ['GET', '/api/v1/copies/unknown.zip?save=1'],
  calendar,
  ['POST', '/api/v1/auth/codes', { email: 'ninguem@multidao.test' }],
  ['POST', '/api/v1/auth/passkey-sessions/options'],
];

describe.each([
  ['10', 7],
  ['2', 1],
])('when slow strangers come to a process that has %s connections', (connections, places) => {
  let server: TestServer;
  let bruno: SignedIn;
  let holder: pg.Client;

  beforeAll(async () => {
    server = await startTestServer({ DB_POOL_MAX: connections });
    await server.createClinic('multidao.test');
    bruno = await server.signIn('bruno@multidao.test');
    holder = new pg.Client(server.database.adminUrl);
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await server.stop();
  });

  const send = async ([method, path, body]: Request) => {
    const response = await fetch(`${server.address}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    await response.arrayBuffer();
    return { status: response.status, retryAfter: response.headers.get('retry-after') };
  };

  const countHeld = async (): Promise<number | undefined> => {
    // Within a transaction PostgreSQL would go on showing what it showed first.
    await holder.query('select pg_stat_clear_snapshot()');
    const { rows } = await holder.query<{ held: number }>(
      `select count(*)::int as held from pg_stat_activity
       where datname = current_database() and application_name = 'acolhe' and wait_event_type = 'Lock'`,
    );
    return rows[0]?.held;
  };

  it('whoever is signed in is answered, and strangers beyond the queue are told to come later', async () => {
    await holder.query('begin');
    // Whatever a stranger asks for is counted first.
    await holder.query('lock table rate_limits in exclusive mode');
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    const crowd = [
      ...requests.flatMap((request) => Array.from({ length: 5 }, () => request)),
      ...Array.from({ length: 260 }, () => calendar),
    ];
    const all = Promise.all(crowd.map(async (request) => answers.push(await send(request))));
    await expect.poll(countHeld, { timeout: 10_000 }).toBe(places);
    await expect.poll(() => answers.length, { timeout: 4000 }).toBeGreaterThan(0);
    for (const answer of answers) expect(answer).toEqual({ status: 429, retryAfter: '2' });
    for (let asked = 0; asked < 3; asked++) expect((await bruno.api('GET /clients')).status).toBe(200);
    expect(await countHeld()).toBe(places);
    await holder.query('commit');
    await all;
    for (const request of requests) expect((await send(request)).status).not.toBe(503);
    expect((await bruno.api('GET /clients')).status).toBe(200);
  });
});
