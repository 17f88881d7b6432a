import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { startTcpProxy, type TcpProxy } from '../../tests/support/tcp-proxy.ts';

/** Counts round trips on the wire, including session check and row-level security. */
describe('trips to the database', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let id: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    // One connection, so that the proxy counts the round trips of one request at a time.
    server = await startTestServer({ DATABASE_URL: proxy.url, DB_POOL_MAX: '1' });
    await server.createClinic('viagem.test');
    bruno = await server.signIn('bruno@viagem.test');
    ana = await server.signIn('ana@viagem.test');
    id = await register('Ágata');
    // Warm up: statements are prepared the first time they are sent, in the same round trip.
    await bruno.api('GET /clients/{id}', { params: { id } });
  });
  afterAll(async () => {
    await server.stop();
    await proxy.close();
    await database.drop();
  });

  let name = 0;
  const register = async (firstName: string): Promise<string> =>
    (await bruno.api('POST /clients', { body: { firstName: `${firstName} ${(name += 1)}` } })).body.id;

  const params = () => ({ params: { id } });
  const change = (body: object) =>
    bruno.api('PATCH /clients/{id}', { ...params(), headers: { 'if-match': '*' }, body });

  /** The smallest count of several runs, at most until it is `enough`: periodic tasks use the connection as well. */
  async function tripsOf(work: () => Promise<unknown>, enough: number): Promise<number> {
    let fewest = Infinity;
    for (let run = 0; run < 20 && fewest > enough; run++) {
      const before = proxy.trips();
      await work();
      fewest = Math.min(fewest, proxy.trips() - before);
    }
    return fewest;
  }

  it.each<[operation: string, trips: number, work: () => Promise<unknown>]>([
    ['GET /clients/{id}', 1, () => bruno.api('GET /clients/{id}', params())],
    ['GET /clients/{id}/history', 1, () => bruno.api('GET /clients/{id}/history', params())],
    ['GET /clients', 1, () => bruno.api('GET /clients')],
    ['GET /clients?q=', 1, () => bruno.api('GET /clients', { query: { q: 'agata' } })],
    ['GET /clients?q= of a slip', 2, () => bruno.api('GET /clients', { query: { q: 'agatha' } })],
    ['GET /clients/filters', 1, () => bruno.api('GET /clients/filters')],
    ['GET /me', 1, () => bruno.api('GET /me')],
    ['GET /professionals', 1, () => bruno.api('GET /professionals')],
    ['GET /data-requests', 1, () => ana.api('GET /data-requests')],
    ['POST /clients', 3, () => register('Nova')],
    [
      'POST /clients with all checks',
      3,
      () => {
        const body = { firstName: `Nova ${(name += 1)}`, phone: `+55119${80_000_000 + name}` };
        return bruno.api('POST /clients', { body, headers: { 'idempotency-key': String(name) } });
      },
    ],
    ['PATCH /clients/{id}', 3, () => change({ rg: String((name += 1)) })],
    ['PATCH /clients/{id} of nothing', 4, () => change({})],
    [
      'a client that is not there',
      1,
      () => bruno.api('GET /clients/{id}', { params: { id: bruno.sessionId } }).catch(() => 0),
    ],
  ])('%s: at most %i', async (_, trips, work) => {
    expect(await tripsOf(work, trips)).toBeLessThanOrEqual(trips);
  });

  it('archiving and restoring: at most 4 each', async () => {
    let archiving = Infinity;
    let restoring = Infinity;
    for (let run = 0; run < 20 && Math.max(archiving, restoring) > 4; run++) {
      const start = proxy.trips();
      await bruno.api('DELETE /clients/{id}', { ...params(), headers: { 'if-match': '*' } });
      const middle = proxy.trips();
      await bruno.api('POST /clients/{id}/restore', params());
      archiving = Math.min(archiving, middle - start);
      restoring = Math.min(restoring, proxy.trips() - middle);
    }
    expect(archiving).toBeLessThanOrEqual(4);
    expect(restoring).toBeLessThanOrEqual(4);
  });
});
