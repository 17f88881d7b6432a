import pg from 'pg';
import { afterAll, beforeAll, expect, it, inject } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let proxy: TcpProxy;

beforeAll(async () => {
  proxy = await startTcpProxy(inject('testServer').url);
});

afterAll(() => proxy.close());

it('counts a trip for each statement that is awaited, and one for statements sent together', async () => {
  const client = new pg.Client({ connectionString: proxy.url, pipeline: true });
  await client.connect();
  const before = proxy.trips();
  await client.query('select 1');
  await client.query('select $1::int', [2]);
  expect(proxy.trips() - before).toBe(2);
  await Promise.all([client.query('begin'), client.query('select $1::int', [3]), client.query('commit')]);
  expect(proxy.trips() - before).toBe(3);
  await client.end();
});

it('cuts connections, refuses new ones and comes back on the same port', async () => {
  const client = new pg.Client(proxy.url);
  client.on('error', () => undefined);
  await client.connect();
  await proxy.cut();
  await expect(client.query('select 1')).rejects.toThrow();
  await expect(new pg.Client(proxy.url).connect()).rejects.toThrow('ECONNREFUSED');
  await proxy.restore();
  const again = new pg.Client(proxy.url);
  await again.connect();
  expect((await again.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await again.end();
});

it('holds everything back while stalled', async () => {
  const client = new pg.Client(proxy.url);
  await client.connect();
  proxy.stall();
  const answer = client.query('select 1 as one').then(() => 'answered');
  const silence = new Promise((resolve) => setTimeout(resolve, 200, 'silence'));
  expect(await Promise.race([answer, silence])).toBe('silence');
  await proxy.restore();
  expect(await answer).toBe('answered');
  await client.end();
});
