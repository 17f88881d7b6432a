import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn, TestServer } from '../../../../tests/support/server.ts';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { linesWith, type RawAnswer, type Send, tally } from './testing/requests.ts';

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 Safari/604.1';
const tablet = 'Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) Safari/604.1';

let auth: AuthServer;
let server: TestServer;
let send: Send;
let database: pg.Client;
const seen: string[] = [];

beforeAll(async () => {
  auth = await startAuthServer({ MAX_ACTIVE_DEVICE_SESSIONS: '2' });
  ({ server, send, database } = auth);
});
afterAll(() => auth.stop());

let clinics = 0;
async function newClinic(): Promise<string> {
  const domain = `aparelhos${++clinics}.test`;
  await server.createClinic(domain);
  return domain;
}

interface Opened {
  readonly answer: RawAnswer;
  readonly id: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

async function open(email: string, code: string, device: { id: string; name?: string }, userAgent = phone) {
  const answer = await send('POST', '/api/v1/auth/sessions', {
    headers: { 'user-agent': userAgent },
    body: { email, code, device, transport: 'bearer' },
  });
  const { accessToken, refreshToken, session } = answer.body;
  if (answer.status === 201) seen.push(code, String(accessToken), String(refreshToken));
  return {
    answer,
    id: (session as { id: string } | undefined)?.id ?? '',
    accessToken: String(accessToken),
    refreshToken: String(refreshToken),
  } satisfies Opened;
}

const signIn = async (email: string, device = { id: randomUUID() as string }, userAgent?: string): Promise<Opened> =>
  open(email, await server.fetchCode(email), device, userAgent);
const call = (path: string, { accessToken }: { accessToken: string }, method = 'GET', body?: unknown) =>
  send(method, `/api/v1${path}`, { headers: { authorization: `Bearer ${accessToken}` }, body });
const live = (email: string): Promise<string[]> => auth.listLiveSessions(email);
const lastSeen = (id: string, ago: string) =>
  database.query('update device_sessions set last_seen_at = now() - $2::interval where id = $1', [id, ago]);

describe('the device limit', () => {
  it('ends the session unused for longest: at once, with why, when and by what', async () => {
    const email = `bruno@${await newClinic()}`;
    const first = await signIn(email);
    const second = await signIn(email);
    // The first session was used most recently.
    await lastSeen(first.id, '2 minutes');
    await call('/me', first);
    const third = await signIn(email, { id: randomUUID() }, tablet);
    expect(third.answer.body).toMatchObject({
      activeSessions: 2,
      maxSessions: 2,
      endedSessions: [{ id: second.id, deviceKind: 'phone' }],
    });
    expect(await live(email)).toEqual(expect.arrayContaining([first.id, third.id]));

    const refused = await call('/me', second);
    expect(refused).toMatchObject({
      status: 401,
      body: { code: 'session_ended', reason: 'device_limit', endedBy: 'tablet' },
    });
    expect(Date.now() - Date.parse(String(refused.body['endedAt']))).toBeLessThan(10_000);
    const refreshed = await send('POST', '/api/v1/auth/refresh', { body: { refreshToken: second.refreshToken } });
    expect(refreshed).toMatchObject({ status: 401, body: { code: 'session_ended', reason: 'device_limit' } });
    expect(tally([await call('/me', first), await call('/me', third)])).toEqual({ '200': 2 });
  });

  it('holds when ten devices sign in at once', async () => {
    const email = `bruno@${await newClinic()}`;
    const devices = Array.from({ length: 10 }, () => ({ id: randomUUID() }));
    for (const device of devices) await signIn(email, device);
    // Each device has signed in before, so each gets its own code.
    const codes: string[] = [];
    for (const { id } of devices) codes.push(await server.fetchCode(email, { deviceId: id }));
    const opened = await Promise.all(devices.map((device, index) => open(email, codes[index] ?? '', device)));
    expect(tally(opened.map(({ answer }) => answer))).toEqual({ '201': 10 });
    const alive = await live(email);
    expect(alive).toHaveLength(2);
    const answers = await Promise.all(opened.map((session) => call('/me', session)));
    expect(tally(answers)).toEqual({ '200': 2, '401 session_ended': 8 });
    const living = opened.filter((_, index) => answers[index]?.status === 200).map(({ id }) => id);
    expect(new Set(living)).toEqual(new Set(alive));
  });

  it('gives a device that signs in again its own place', async () => {
    const email = `bruno@${await newClinic()}`;
    const device = { id: randomUUID() };
    const first = await signIn(email, device);
    const other = await signIn(email);
    const again = await signIn(email, device);
    expect(again.answer.body).toMatchObject({ activeSessions: 2, endedSessions: [] });
    expect(await call('/me', first)).toMatchObject({ status: 401, body: { reason: 'same_device' } });
    expect((await call('/me', other)).status).toBe(200);
  });

  it('counts each person’s devices apart', async () => {
    const domain = await newClinic();
    const ana = await signIn(`ana@${domain}`);
    const shared = { id: randomUUID() };
    await signIn(`bruno@${domain}`, shared);
    await signIn(`carla@${domain}`, shared);
    expect((await call('/me', ana)).status).toBe(200);
    expect(await live(`bruno@${domain}`)).toHaveLength(1);
  });

  it('does not count sessions that were left to expire', async () => {
    const email = `bruno@${await newClinic()}`;
    const [first, second] = [await signIn(email), await signIn(email)];
    await database.query(
      'update device_sessions set refresh_expires_at = now(), access_expires_at = now() where id = $1',
      [first.id],
    );
    const third = await signIn(email);
    expect(third.answer.body).toMatchObject({ activeSessions: 2, endedSessions: [] });
    expect((await call('/me', second)).status).toBe(200);
  });
});

describe('the own devices', () => {
  it('are listed, the one used last first, renamed, and ended', async () => {
    const email = `bruno@${await newClinic()}`;
    const first = await signIn(email);
    const second = await signIn(email, { id: randomUUID() }, tablet);
    await lastSeen(first.id, '1 hour');
    const listed = await call('/auth/sessions', second);
    expect(listed.body['items']).toMatchObject([
      { id: second.id, deviceKind: 'tablet', current: true },
      { id: first.id, deviceKind: 'phone', current: false },
    ]);
    expect(listed.text).not.toMatch(/device_key|deviceKey/);
    const renamed = await call(`/auth/sessions/${first.id}`, second, 'PATCH', { deviceName: 'Celular da recepção' });
    expect(renamed).toMatchObject({ status: 200, body: { deviceName: 'Celular da recepção' } });
    expect((await call(`/auth/sessions/${first.id}`, second, 'DELETE')).status).toBe(204);
    expect(await call('/me', first)).toMatchObject({
      status: 401,
      body: { code: 'session_ended', reason: 'ended_by_owner', endedBy: 'tablet' },
    });
    expect((await call(`/auth/sessions/${first.id}`, second, 'DELETE')).status).toBe(404);
  });

  it('do not include those of a colleague', async () => {
    const domain = await newClinic();
    const [bruno, carla] = [await signIn(`bruno@${domain}`), await signIn(`carla@${domain}`)];
    expect((await call(`/auth/sessions/${carla.id}`, bruno, 'DELETE')).status).toBe(404);
    expect((await call(`/auth/sessions/${carla.id}`, bruno, 'PATCH', { deviceName: 'x' })).status).toBe(404);
    expect((await call('/me', carla)).status).toBe(200);
  });

  it('write when they were last seen once a minute', async () => {
    const email = `bruno@${await newClinic()}`;
    const session = await signIn(email);
    const seenAt = async () =>
      (
        await database.query<{ at: Date }>('select last_seen_at as at from device_sessions where id = $1', [session.id])
      ).rows[0]?.at.getTime() ?? 0;
    const opened = await seenAt();
    await call('/me', session);
    expect(await seenAt()).toBe(opened);
    await lastSeen(session.id, '61 seconds');
    await Promise.all(Array.from({ length: 10 }, () => call('/me', session)));
    expect(Date.now() - (await seenAt())).toBeLessThan(10_000);
  });
});

describe('the next request feels', () => {
  let domain: string;
  let ana: SignedIn;
  beforeAll(async () => {
    domain = await newClinic();
    ana = await server.signIn(`ana@${domain}`);
  });

  it('a sign-out, in bearer and in cookie transport', async () => {
    const session = await signIn(`bruno@${domain}`);
    expect((await call('/auth/sessions/current', session, 'DELETE')).status).toBe(204);
    expect(await call('/me', session)).toMatchObject({ status: 401, body: { reason: 'signed_out' } });
    const refreshed = await send('POST', '/api/v1/auth/refresh', { body: { refreshToken: session.refreshToken } });
    expect(refreshed).toMatchObject({ status: 401, body: { reason: 'signed_out' } });

    const email = `bruno@${domain}`;
    const code = await server.fetchCode(email);
    const opened = await send('POST', '/api/v1/auth/sessions', {
      body: { email, code, device: { id: 'navegador' }, transport: 'cookie' },
    });
    const cookie = opened.cookies.map((line) => line.split(';')[0]).join('; ');
    const out = await send('DELETE', '/api/v1/auth/sessions/current', { headers: { cookie } });
    expect(
      out.cookies.filter((line) => line.includes('=;') && /Max-Age=0|Expires=Thu, 01 Jan 1970/.test(line)),
    ).toHaveLength(2);
    expect((await send('GET', '/api/v1/me', { headers: { cookie } })).status).toBe(401);
  });

  it('a deactivation, also when refreshing and signing in', async () => {
    const session = await signIn(`carla@${domain}`);
    await ana.api('POST /professionals/{id}/deactivate', {
      params: { id: (session.answer.body['professional'] as { id: string }).id },
      body: { reason: 'saiu da clínica' },
    });
    expect(await call('/me', session)).toMatchObject({ status: 401, body: { reason: 'deactivated' } });
    const refreshed = await send('POST', '/api/v1/auth/refresh', { body: { refreshToken: session.refreshToken } });
    expect(refreshed).toMatchObject({ status: 401, body: { reason: 'deactivated' } });
    const asked = await send('POST', '/api/v1/auth/codes', { body: { email: `carla@${domain}` } });
    expect(asked.status).toBe(202);
  });

  const setRole = (email: string, role: string) =>
    database.query('update professionals set role = $2 where email = $1', [email, role]);

  it('a changed role, upwards and downwards, with the token as it is', async () => {
    const email = `bruno@${domain}`;
    const session = await signIn(email);
    const mayExport = async () => (await call('/clients/export.csv', session)).status;
    expect(await mayExport()).toBe(200);
    await setRole(email, 'reception');
    expect(await mayExport()).toBe(403);
    expect((await call('/me', session)).body['role']).toBe('reception');
    await setRole(email, 'administrator');
    expect(await mayExport()).toBe(200);
    await setRole(email, 'professional');
  });
});

describe('an administrator', () => {
  it('sees the devices of the clinic’s people and ends one, which learns why', async () => {
    const domain = await newClinic();
    const ana = await signIn(`ana@${domain}`);
    const bruno = await signIn(`bruno@${domain}`);
    const { id } = bruno.answer.body['professional'] as { id: string };
    const listed = await call(`/professionals/${id}/sessions`, ana);
    expect(listed.body['items']).toMatchObject([{ id: bruno.id, deviceKind: 'phone', current: false }]);
    expect((await call(`/professionals/${id}/sessions/${bruno.id}`, ana, 'DELETE')).status).toBe(204);
    expect(await call('/me', bruno)).toMatchObject({
      status: 401,
      body: { code: 'session_ended', reason: 'ended_by_administrator' },
    });
    expect((await call(`/professionals/${id}/sessions/${bruno.id}`, ana, 'DELETE')).status).toBe(404);
    const { rows } = await database.query(
      `select e.actor_id from audit_events e where e.action = 'session_ended' and e.record_id = $1`,
      [bruno.id],
    );
    expect(rows).toEqual([{ actor_id: (ana.answer.body['professional'] as { id: string }).id }]);
  });

  it('is the only one who may, and only in the own clinic', async () => {
    const [domain, elsewhere] = [await newClinic(), await newClinic()];
    const [ana, bruno, carla] = [
      await signIn(`ana@${domain}`),
      await signIn(`bruno@${domain}`),
      await signIn(`carla@${domain}`),
    ];
    const stranger = await signIn(`ana@${elsewhere}`);
    const { id } = carla.answer.body['professional'] as { id: string };
    for (const actor of [bruno, carla])
      expect(
        tally([
          await call(`/professionals/${id}/sessions`, actor),
          await call(`/professionals/${id}/sessions/${carla.id}`, actor, 'DELETE'),
        ]),
      ).toEqual({ '403 forbidden': 2 });
    for (const path of [
      `/professionals/${id}/sessions/${ana.id}`,
      `/professionals/${id}/sessions/${randomUUID()}`,
      `/professionals/${randomUUID()}/sessions/${carla.id}`,
    ])
      expect((await call(path, ana, 'DELETE')).status).toBe(404);
    const foreign = [
      await call(`/professionals/${id}/sessions`, stranger),
      await call(`/professionals/${id}/sessions/${carla.id}`, stranger, 'DELETE'),
    ];
    expect(tally(foreign)).toEqual({ '404 not_found': 2 });
    expect((await call('/me', carla)).status).toBe(200);
  });
});

it('never writes a code or a token to the log', () => {
  expect(seen.length).toBeGreaterThan(50);
  expect(linesWith(server.logs, seen)).toEqual([]);
  expect(server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
});
