import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { mailedCode, type RawAnswer, type Send, sender, tally } from './testing/requests.ts';

describe('one guess on many accounts', () => {
  let server: TestServer;
  let send: Send;

  beforeAll(async () => {
    server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '5', TRUSTED_PROXY_HOPS: '1' });
    await server.createClinic('chuva.test');
    send = sender(server.address);
  });
  afterAll(() => server.stop());

  const guess = (
    email: string,
    from: string,
    { code = '135790', deviceId, cookie = '' }: { code?: string; deviceId?: string; cookie?: string } = {},
  ): Promise<RawAnswer> =>
    send('POST', '/api/v1/auth/sessions', {
      headers: { 'x-forwarded-for': from, ...(cookie === '' ? {} : { cookie }) },
      body: { email, code, device: { id: deviceId ?? randomUUID() }, transport: 'bearer' },
    });

  it('is refused after 25 in ten minutes from one address, all at once or not', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => guess(`alvo${index}@chuva.test`, '203.0.113.1')),
    );
    expect(tally(answers)).toEqual({ '401 invalid_code': 25, '429 too_many_requests': 15 });
    const last = await guess('alvo99@chuva.test', '203.0.113.1');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await guess('alvo99@chuva.test', '203.0.113.2')).status).toBe(401);
  });

  it('from many addresses leaves sign-in to known devices and to browsers that asked for the code', async () => {
    const known = randomUUID();
    await server.signIn('bruno@chuva.test', { id: known });
    for (let index = 0; index < 24; index++) await guess(`outro${index}@chuva.test`, `203.0.113.${10 + index}`);
    const asked = await send('POST', '/api/v1/auth/codes', {
      headers: { 'x-forwarded-for': '192.0.2.1' },
      body: { email: 'ana@chuva.test' },
    });
    const cookie = asked.cookies[0]?.split(';')[0] ?? '';
    const code = await mailedCode(send, 'ana@chuva.test');

    expect((await guess('ana@chuva.test', '192.0.2.1', { code })).status).toBe(429);
    expect((await guess('bruno@chuva.test', '192.0.2.1', { code, cookie })).status).toBe(429);
    expect((await guess('ninguem@chuva.test', '192.0.2.1', { code, cookie })).status).toBe(429);
    expect((await guess('ana@chuva.test', '192.0.2.1', { code, cookie: `${cookie}x` })).status).toBe(429);
    expect((await guess('ana@chuva.test', '192.0.2.1', { code, cookie })).status).toBe(201);

    const own = await server.fetchCode('bruno@chuva.test', { deviceId: known });
    expect((await guess('bruno@chuva.test', '203.0.113.1', { code: own, deviceId: known })).status).toBe(201);
  });
});

describe('guesses that wait for one another', () => {
  it('are answered all, and leave connections to those who are signed in', { timeout: 60_000 }, async () => {
    const server = await startTestServer({ DB_POOL_MAX: '4' });
    const holder = new pg.Client(server.database.url);
    await holder.connect();
    try {
      await server.createClinic('fila.test');
      const send = sender(server.address);
      const bruno = await server.signIn('bruno@fila.test');
      const guess = () =>
        send('POST', '/api/v1/auth/sessions', {
          body: { email: 'ana@fila.test', code: '135790', device: { id: 'x' }, transport: 'bearer' },
        });
      await guess();
      // Simulates a previous guess that takes longer than the wait for a connection.
      await holder.query('begin');
      await holder.query('select from sign_in_guards for update');
      const answers = Promise.all(Array.from({ length: 40 }, guess));
      await sleep(500);
      expect((await bruno.api('GET /me')).status).toBe(200);
      await sleep(3000);
      await holder.query('commit');
      expect(tally(await answers)).toEqual({ '401 invalid_code': 4, '429 too_many_requests': 36 });
    } finally {
      await holder.end();
      await server.stop();
    }
  });
});
