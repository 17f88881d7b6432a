import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { wakeJobs } from '../../jobs/clock-step.ts';
import { type Send, sender, tally } from './testing/requests.ts';

describe('after the clock has stepped back an hour', () => {
  let server: TestServer;
  let send: Send;
  let database: pg.Client;

  beforeAll(async () => {
    server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '5', MAX_ACTIVE_DEVICE_SESSIONS: '2' });
    await server.createClinic('relogio.test');
    send = sender(server.address);
    database = new pg.Client(server.database.adminUrl);
    await database.connect();
    // Without triggers, which would count these changes as uses.
    await database.query(`set session_replication_role = replica`);
  });
  afterAll(async () => {
    await database.end();
    await server.stop();
  });

  /** Simulates a clock that was set back: everything written so far is an hour in the future. */
  async function stepBack(): Promise<void> {
    const { rows } = await database.query<{ table: string; sets: string }>(`
      select format('%I.%I', table_schema, table_name) as table,
        string_agg(format('%1$I = %1$I + interval ''1 hour''', column_name), ', ') as sets
      from information_schema.columns
      where data_type = 'timestamp with time zone' and is_updatable = 'YES'
        and (table_schema = 'public' and table_name in ('access_codes', 'device_sessions', 'sign_in_guards', 'rate_limits',
          'passkey_challenges') or table_name = '_private_jobs')
      group by table_schema, table_name`);
    expect(rows).toHaveLength(6);
    for (const { table, sets } of rows) await database.query(`update ${table} set ${sets}`);
  }

  const ask = (email: string) => send('POST', '/api/v1/auth/codes', { body: { email } });
  const enter = (email: string, code: string, deviceId: string = randomUUID()) =>
    send('POST', '/api/v1/auth/sessions', { body: { email, code, device: { id: deviceId }, transport: 'bearer' } });
  const me = (token: unknown) => send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${String(token)}` } });

  it('a new code is mailed, signs in, and replaces the one from before', async () => {
    const email = 'ana@relogio.test';
    const old = await server.fetchCode(email);
    await stepBack();
    const code = await server.fetchCode(email);
    expect(code).toMatch(/^\d{6}$/);
    if (old !== code) expect((await enter(email, old)).status).toBe(401);
    expect((await enter(email, code)).status).toBe(201);
  });

  it('a code from before does not live an hour longer', async () => {
    const email = 'ana@relogio.test';
    const code = await server.fetchCode(email);
    await stepBack();
    expect((await enter(email, code)).status).toBe(401);
  });

  it('limits used up before are over, not an hour longer', async () => {
    const email = 'carla@relogio.test';
    await stepBack();
    const answers = [];
    for (let index = 0; index < 6; index++) answers.push(await ask(email));
    expect(tally(answers)).toEqual({ '202': 5, '429 too_many_requests': 1 });
    await stepBack();
    expect((await ask(email)).status).toBe(202);
  });

  it('a lock from before is over, and the next one is as long as the ladder says', async () => {
    const email = 'carla@relogio.test';
    await stepBack();
    const guesses = [];
    for (let index = 0; index < 7; index++) guesses.push(await enter(email, '135790'));
    expect(tally(guesses)['429 too_many_requests']).toBeGreaterThan(0);
    await stepBack();
    expect((await enter(email, '135790')).status).toBe(401);
  });

  it('the newest session is kept and the oldest is ended', async () => {
    const email = 'bruno@relogio.test';
    const [first, second] = [await server.signIn(email), await server.signIn(email)];
    await stepBack();
    const third = await server.signIn(email);
    await expect(first.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'device_limit' } });
    // The second session, used before the clock was set back, was used before the third.
    const fourth = await server.signIn(email);
    await expect(second.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'device_limit' } });
    expect((await third.api('GET /me')).status).toBe(200);
    expect((await fourth.api('GET /me')).status).toBe(200);
  });

  it('a session that is used counts as used', async () => {
    const email = 'ana@relogio.test';
    const [first, second] = [await server.signIn(email), await server.signIn(email)];
    await stepBack();
    await first.api('GET /me');
    await server.signIn(email);
    await expect(second.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'device_limit' } });
    expect((await first.api('GET /me')).status).toBe(200);
  });

  it('a refresh token used before is theft, not a lost answer', async () => {
    const { refreshToken } = await server.signIn('ana@relogio.test');
    const refresh = () => send('POST', '/api/v1/auth/refresh', { body: { refreshToken } });
    const renewed = await refresh();
    expect(renewed.status).toBe(200);
    await stepBack();
    expect(tally([await refresh()])).toEqual({ '401 session_ended': 1 });
    expect((await me(renewed.body['accessToken'])).status).toBe(401);
  });

  it('jobs queued before run now, those put off after a failure too', { timeout: 60_000 }, async () => {
    await database.query(`
      select graphile_worker.add_job('nobody_runs_this', '{}'::json, queue_name := 'waiting');
      select graphile_worker.add_job('nor_this', '{}'::json, queue_name := 'failed', max_attempts := 12);
      select graphile_worker.add_job('later', '{}'::json, run_at := now() + interval '3 hours');
      update graphile_worker._private_jobs set attempts = 3, run_at = now() + interval '20 seconds' where max_attempts = 12
        and task_id = (select id from graphile_worker._private_tasks where identifier = 'nor_this')`);
    await stepBack();
    await wakeJobs(server.db);
    const { rows } = await database.query(`
      select t.identifier, j.run_at <= now() as due from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier in ('nobody_runs_this', 'nor_this', 'later') order by 1`);
    expect(rows).toEqual([
      { identifier: 'later', due: false },
      { identifier: 'nobody_runs_this', due: true },
      { identifier: 'nor_this', due: true },
    ]);
  });
});

it('the device limit holds where access tokens outlive refresh tokens', async () => {
  const server = await startTestServer({
    ACCESS_TOKEN_SECONDS: '600',
    REFRESH_TOKEN_SECONDS: '1',
    MAX_ACTIVE_DEVICE_SESSIONS: '2',
  });
  try {
    await server.createClinic('longo.test');
    const people = [];
    for (let index = 0; index < 5; index++) {
      people.push(await server.signIn('ana@longo.test'));
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    const alive = await Promise.all(
      people.map(({ api }) =>
        api('GET /me').then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(alive).toEqual([false, false, false, true, true]);
    const { body } = await (people[4] ?? expect.unreachable()).api('GET /auth/sessions');
    expect(body.items).toHaveLength(2);
  } finally {
    await server.stop();
  }
});
