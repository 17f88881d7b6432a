import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../../../../tests/support/server.ts';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { linesWith, type RawAnswer, type Send, tally } from './testing/requests.ts';

describe('refreshing', () => {
  let auth: AuthServer;
  let server: TestServer;
  let send: Send;
  let database: pg.Client;
  const seen: string[] = [];

  beforeAll(async () => {
    auth = await startAuthServer();
    ({ server, send, database } = auth);
    await server.createClinic('renova.test');
  });
  afterAll(() => auth.stop());

  const refresh = async (refreshToken: string): Promise<RawAnswer> => {
    const answer = await send('POST', '/api/v1/auth/refresh', { body: { refreshToken } });
    seen.push(refreshToken);
    if (answer.status === 200) seen.push(String(answer.body['accessToken']));
    return answer;
  };
  const successorOf = (answer: RawAnswer) => String(answer.body['refreshToken']);
  const openWith = (accessToken: string) =>
    send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${accessToken}` } });
  const moveRotationBack = (sessionId: string, seconds: number) =>
    database.query('update device_sessions set refresh_rotated_at = now() - make_interval(secs => $2) where id = $1', [
      sessionId,
      seconds,
    ]);
  const eventsOf = async (sessionId: string, action: string): Promise<number> =>
    (await database.query('select from audit_events where record_id = $1 and action = $2', [sessionId, action]))
      .rowCount ?? 0;

  it('gives a token that works, and its successors one after the other', async () => {
    const { refreshToken } = await server.signIn('bruno@renova.test');
    const first = await refresh(refreshToken);
    expect(first.status).toBe(200);
    expect((await openWith(String(first.body['accessToken']))).status).toBe(200);
    const second = await refresh(successorOf(first));
    expect(second.status).toBe(200);
    expect(new Set([refreshToken, successorOf(first), successorOf(second)]).size).toBe(3);
  });

  it('50 times at once gives everyone the same successor, which works', async () => {
    const { refreshToken, sessionId } = await server.signIn('bruno@renova.test');
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)));
    expect(tally(answers)).toEqual({ '200': 50 });
    expect(new Set(answers.map(successorOf)).size).toBe(1);
    const { rows } = await database.query('select refresh_generation from device_sessions where id = $1', [sessionId]);
    expect(rows).toEqual([{ refresh_generation: 2 }]);
    const [some] = answers;
    if (some === undefined) throw new Error('no answer');
    expect((await refresh(successorOf(some))).status).toBe(200);
  });

  it('gives a lost answer again for ten seconds', async () => {
    const { refreshToken, sessionId } = await server.signIn('bruno@renova.test');
    const first = await refresh(refreshToken);
    await moveRotationBack(sessionId, 9);
    const again = await refresh(refreshToken);
    expect(again.status).toBe(200);
    expect(successorOf(again)).toBe(successorOf(first));
  });

  it('takes later reuse for theft: the whole session ends and it is written down', async () => {
    const { refreshToken, sessionId, accessToken } = await server.signIn('bruno@renova.test');
    const first = await refresh(refreshToken);
    await moveRotationBack(sessionId, 11);
    const reused = await refresh(refreshToken);
    expect(reused).toMatchObject({ status: 401, body: { code: 'session_ended', reason: 'token_reuse' } });
    expect(await eventsOf(sessionId, 'refresh_reused')).toBe(1);

    const ended = { status: 401, body: { code: 'session_ended', reason: 'token_reuse' } };
    expect(await refresh(successorOf(first))).toMatchObject(ended);
    expect(await openWith(accessToken)).toMatchObject(ended);
    expect(await openWith(String(first.body['accessToken']))).toMatchObject(ended);
    expect(await eventsOf(sessionId, 'refresh_reused')).toBe(1);
  });

  it('takes the token before the last for theft at any time', async () => {
    const { refreshToken, sessionId } = await server.signIn('bruno@renova.test');
    const first = await refresh(refreshToken);
    await refresh(successorOf(first));
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { reason: 'token_reuse' } });
    expect(await eventsOf(sessionId, 'refresh_reused')).toBe(1);
  });

  it('leaves the other devices of the person alone when one session ends for theft', async () => {
    const phone = await server.signIn('ana@renova.test');
    const laptop = await server.signIn('ana@renova.test');
    await refresh(phone.refreshToken);
    await moveRotationBack(phone.sessionId, 60);
    expect((await refresh(phone.refreshToken)).status).toBe(401);
    expect((await openWith(laptop.accessToken)).status).toBe(200);
  });

  it('is over after its time', async () => {
    const { refreshToken, sessionId } = await server.signIn('bruno@renova.test');
    await database.query(`update device_sessions set refresh_expires_at = now() where id = $1`, [sessionId]);
    expect(tally([await refresh(refreshToken)])).toEqual({ '401 token_expired': 1 });
  });

  it('in a browser takes the cookie, gives cookies, and keeps tokens out of the body', async () => {
    const email = 'carla@renova.test';
    const code = await server.fetchCode(email);
    const opened = await send('POST', '/api/v1/auth/sessions', {
      body: { email, code, device: { id: 'navegador' }, transport: 'cookie' },
    });
    expect(opened.text).not.toMatch(/accessToken|refreshToken/);
    const jar = (answer: RawAnswer) => answer.cookies.map((cookie) => cookie.split(';')[0]).join('; ');
    const refreshed = await send('POST', '/api/v1/auth/refresh', { headers: { cookie: jar(opened) } });
    expect(refreshed.body).toEqual({ expiresIn: 36_000 });
    expect((await send('GET', '/api/v1/me', { headers: { cookie: jar(refreshed) } })).status).toBe(200);

    const parallel = await Promise.all(
      Array.from({ length: 10 }, () => send('POST', '/api/v1/auth/refresh', { headers: { cookie: jar(refreshed) } })),
    );
    expect(tally(parallel)).toEqual({ '200': 10 });
    expect(new Set(parallel.map(({ cookies }) => cookies.find((cookie) => cookie.includes('refresh')))).size).toBe(1);
  });

  it('without any token is 401', async () => {
    expect(tally([await send('POST', '/api/v1/auth/refresh')])).toEqual({ '401 unauthenticated': 1 });
  });

  it('never writes a token to the log', () => {
    expect(seen.length).toBeGreaterThan(50);
    expect(linesWith(server.logs, seen)).toEqual([]);
    expect(server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
  });
});
