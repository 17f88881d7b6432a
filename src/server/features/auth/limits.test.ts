import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

/** Sends one request as from the address `from` through a trusted proxy, without a client library. */
const post = async (server: TestServer, path: string, body: unknown, from: string) => {
  const response = await fetch(`${server.address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify(body),
  });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, retryAfter: Number(response.headers.get('retry-after')) };
};

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);

describe('limits on asking for codes', () => {
  let server: TestServer;
  let next = 0;
  /** An address that no test has used. */
  const place = () => `198.18.${Math.floor(++next / 250)}.${(next % 250) + 1}`;
  const ask = (email: string, from: string, deviceId?: string) =>
    post(server, '/auth/codes', { email, ...(deviceId === undefined ? {} : { device: { id: deviceId } }) }, from);
  const askTimes = async (times: number, email: (index: number) => string, from: (index: number) => string) => {
    const answers = [];
    for (let index = 0; index < times; index++) answers.push(await ask(email(index), from(index)));
    return answers;
  };

  beforeAll(async () => {
    server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '5', TRUSTED_PROXY_HOPS: '1' });
    await server.createClinic('limites.test');
  });
  afterAll(() => server.stop());

  it('refuses the sixth in a minute from one address, whatever the e-mail, and says when to come back', async () => {
    const from = place();
    const answers = await askTimes(
      6,
      (index) => `pessoa${index}@limites.test`,
      () => from,
    );
    expect(statuses(answers)).toEqual([202, 202, 202, 202, 202, 429]);
    expect(answers[5]).toMatchObject({ code: 'too_many_requests' });
    expect(answers[5]?.retryAfter).toBeGreaterThan(50);
    expect(answers[5]?.retryAfter).toBeLessThanOrEqual(60);
    expect((await ask('pessoa0@limites.test', place())).status).toBe(202);
  });

  it('refuses the sixth in a minute for one e-mail in all its spellings, whatever the address', async () => {
    const spellings = ['ana@limites.test', 'ANA@limites.test', 'ana+a@limites.test', 'Ana+b@LIMITES.test'];
    const answers = await askTimes(6, (index) => spellings[index % 4] ?? '', place);
    expect(statuses(answers)).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('treats an e-mail that nobody has in exactly the same way', async () => {
    const known = await askTimes(7, () => 'carla@limites.test', place);
    const unknown = await askTimes(7, () => 'ninguem@limites.test', place);
    expect(statuses(unknown)).toEqual(statuses(known));
  });

  it('counts exactly when requests arrive at once', async () => {
    const from = place();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => ask(`junto${index}@limites.test`, from)),
    );
    expect(statuses(answers).filter((status) => status === 202)).toHaveLength(5);
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(35);
  });

  it('counts the addresses of one IPv6 network as one', async () => {
    const answers = await askTimes(
      6,
      (index) => `v6-${index}@limites.test`,
      (index) => `2001:db8:7:7::${index + 1}`,
    );
    expect(statuses(answers)).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('leaves a device that has signed in before to its owner while strangers use up everything', async () => {
    const device = { id: randomUUID() };
    await server.signIn('bruno@limites.test', device);
    const home = place();
    await askTimes(
      5,
      (index) => `vizinho${index}@limites.test`,
      () => home,
    );
    await askTimes(8, () => 'bruno@limites.test', place);
    expect((await ask('bruno@limites.test', home)).status).toBe(429);
    expect((await ask('bruno@limites.test', home, randomUUID())).status).toBe(429);
    expect((await ask('bruno@limites.test', home, device.id)).status).toBe(202);
  });

  it('keeps its counters for the other servers on the same database', async () => {
    const from = place();
    await askTimes(
      5,
      (index) => `dois${index}@limites.test`,
      () => from,
    );
    const client = new pg.Client(server.database.url);
    await client.connect();
    const { rows } = await client.query<{ key: string; points: number }>(
      `select key, points from rate_limits where key like 'codes-address-minute/%' and points = 5`,
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/198\.18\.|limites\.test/);
  });
});

/** A production server whose mails are not delivered. */
const production = {
  DEBUG: 'False',
  SECRET_KEY: randomUUID() + randomUUID(),
  ALLOWED_HOSTS: 'localhost',
  SECURE_SSL_REDIRECT: 'False',
  EMAIL_HOST: '127.0.0.1',
  EMAIL_PORT: '9',
};

describe('an e-mail that strangers keep asking codes for', () => {
  let server: TestServer;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startTestServer({ ...production, OTP_THROTTLE_PER_MINUTE: '5', TRUSTED_PROXY_HOPS: '1' });
    await server.createClinic('cerco.test');
    client = new pg.Client(server.database.url);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** Ends the time windows of these limits. */
  const pass = (name: string) =>
    client.query(`update rate_limits set expires_at = now() - interval '1 second' where key like $1`, [`${name}/%`]);
  const askFrom = async (from: string) => (await post(server, '/auth/codes', { email: 'ana@cerco.test' }, from)).status;

  it('costs one address dear: it runs dry for that e-mail while others may still ask', async () => {
    const asked = [];
    for (let minute = 0; minute < 3; minute++) {
      for (let index = 0; index < 5; index++) asked.push(await askFrom('198.51.100.1'));
      await pass('codes-address-minute');
      await pass('codes-email-minute');
    }
    expect(asked.filter((status) => status === 202)).toHaveLength(10);
    expect(await askFrom('198.51.100.2')).toBe(202);
  });

  it('still sends a code now and then when many addresses have used up the hour and the day', async () => {
    await client.query(`update rate_limits set points = 1000 where key like 'codes-email-hour/%'`);
    await pass('codes-email-minute');
    expect([await askFrom('198.51.100.3'), await askFrom('198.51.100.4')]).toEqual([202, 429]);
    await pass('codes-email-trickle');
    expect(await askFrom('198.51.100.4')).toBe(202);
  });
});

describe('limits of an hour and a day', () => {
  /** The limits in docs/security.md for OTP_THROTTLE_PER_MINUTE=5. */
  const documented = {
    'codes-address-hour': 30,
    'codes-address-day': 200,
    'codes-pair-hour': 10,
    'codes-pair-day': 20,
    'codes-email-hour': 20,
    'codes-email-day': 50,
  };

  /** Starts one point before each limit and asks until refused. @returns how many passed: 1, or 2 where a trickle follows */
  async function passedBefore(times: number, env: Readonly<Record<string, string>>) {
    const server = await startTestServer({ ...env, OTP_THROTTLE_PER_MINUTE: '5' });
    const client = new pg.Client(server.database.url);
    await client.connect();
    try {
      const passed: Record<string, number> = {};
      for (const [name, points] of Object.entries(documented)) {
        const ask = async () => (await post(server, '/auth/codes', { email: 'x@horas.test' }, '')).status;
        await client.query('delete from rate_limits');
        await ask();
        const used = points * times - 1;
        await client.query('update rate_limits set points = $2 where key like $1', [`${name}/%`, used]);
        const answers = [await ask(), await ask(), await ask()];
        passed[name] = answers.filter((status) => status === 202).length;
      }
      return passed;
    } finally {
      await client.end();
      await server.stop();
    }
  }

  const exactly = {
    'codes-address-hour': 1,
    'codes-address-day': 1,
    'codes-pair-hour': 1,
    'codes-pair-day': 1,
    'codes-email-hour': 2,
    'codes-email-day': 2,
  };

  it('are the documented ones in production', async () => {
    expect(await passedBefore(1, production)).toEqual(exactly);
  });

  it('are ten times as high while DEBUG is on', async () => {
    expect(await passedBefore(10, { DEBUG: 'True' })).toEqual(exactly);
  });
});

describe('X-Forwarded-For', () => {
  /** Sends six requests that each claim another origin, to which our proxies have added `appended`. */
  const rotate = async (hops: string, appended: string) => {
    const server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '5', TRUSTED_PROXY_HOPS: hops });
    try {
      const answers = [];
      for (let index = 0; index < 6; index++)
        answers.push(
          await post(server, '/auth/codes', { email: `x${index}@proxy.test` }, `203.0.113.${index}${appended}`),
        );
      return statuses(answers).at(-1);
    } finally {
      await server.stop();
    }
  };

  it('counts for nothing without a trusted proxy', async () => {
    expect(await rotate('0', '')).toBe(429);
  });

  it('counts its last entry behind one proxy', async () => {
    expect(await rotate('1', '')).toBe(202);
    expect(await rotate('1', ', 192.0.2.1')).toBe(429);
  });

  it('counts the entry before the last behind two', async () => {
    expect(await rotate('2', ', 192.0.2.1')).toBe(202);
    expect(await rotate('2', ', 192.0.2.2, 192.0.2.1')).toBe(429);
  });
});
