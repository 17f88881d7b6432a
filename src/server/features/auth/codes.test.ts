import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listMails, receiveCode } from '../../../../tests/support/mailbox.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { linesWith, mailedCode, type RawAnswer, type Send, sender, tally, wrongCode } from './testing/requests.ts';

let server: TestServer;
let send: Send;
let database: pg.Client;
/** Every code that was mailed: none may ever stand in a log line. */
const mailed: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ TRUSTED_PROXY_HOPS: '1' });
  send = sender(server.address);
  database = new pg.Client(server.database.url);
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await server.stop();
});

let clinics = 0;
/** A professional whom no other test knows. */
async function newPerson(): Promise<string> {
  const domain = `pessoa${++clinics}.test`;
  await server.createClinic(domain);
  return `bruno@${domain}`;
}

async function mailCode(email: string, deviceId?: string): Promise<string> {
  const code = await server.fetchCode(email, deviceId === undefined ? {} : { deviceId });
  mailed.push(code);
  return code;
}

interface Try {
  readonly deviceId?: string;
  readonly from?: string;
  readonly cookie?: string;
}

const enter = (
  email: string,
  code: string,
  { deviceId, from = '198.51.100.1', cookie }: Try = {},
): Promise<RawAnswer> =>
  send('POST', '/api/v1/auth/sessions', {
    headers: { 'x-forwarded-for': from, ...(cookie === undefined ? {} : { cookie }) },
    body: { email, code, device: { id: deviceId ?? randomUUID() }, transport: 'bearer' },
  });

const liveSessions = async (email: string): Promise<number> =>
  (
    await database.query<{ count: number }>(
      `select count(*)::int as count from device_sessions s join professionals p on p.id = s.professional_id
       where p.email = $1 and s.ended_at is null`,
      [email],
    )
  ).rows[0]?.count ?? 0;

describe('a code', () => {
  it('has a number and a time, told to whoever asks and in the mail; nobody learns how many others asked for', async () => {
    const email = await newPerson();
    const ask = (from: string) =>
      send('POST', '/api/v1/auth/codes', { headers: { 'x-forwarded-for': from }, body: { email } });
    const numbers = [];
    for (const from of ['203.0.113.1', '203.0.113.1', '203.0.113.2']) {
      let answer: RawAnswer | undefined;
      mailed.push(await receiveCode(server, email, async () => (answer = await ask(from))));
      const number = answer?.headers.get('code-number') ?? '';
      numbers.push(number);
      const at = new Intl.DateTimeFormat('pt-BR', { timeStyle: 'short', timeZone: 'America/Sao_Paulo' });
      const which = `código nº ${number}, pedido às ${at.format(new Date(answer?.headers.get('date') ?? ''))}`;
      expect((await listMails(server))[0]?.text).toContain(which);
    }
    expect(numbers).toEqual(['1', '2', '1']);
  });

  it('is replaced by a newer one and good for one sign-in', async () => {
    const email = await newPerson();
    const first = await mailCode(email);
    const second = await mailCode(email);
    expect((await enter(email, first)).status).toBe(401);
    expect((await enter(email, second)).status).toBe(201);
    expect((await enter(email, second)).status).toBe(401);
  });

  it('lets one of 20 parallel sign-ins pass', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(email, code)));
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_code': 19 });
    expect(await liveSessions(email)).toBe(1);
    // Nobody guessed anything: the account is not locked.
    expect((await enter(email, await mailCode(email))).status).toBe(201);
  });

  it('that has done its work, sent again, neither costs a guess nor gives one back', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    expect((await enter(email, code)).status).toBe(201);
    for (let index = 1; index <= 4; index++) expect((await enter(email, wrongCode(code, index))).status).toBe(401);
    const again = await Promise.all(Array.from({ length: 10 }, () => enter(email, code)));
    expect(tally(again)).toEqual({ '401 invalid_code': 10 });
    expect((await enter(email, wrongCode(code, 5))).status).toBe(401);
    expect((await enter(email, wrongCode(code, 6))).status).toBe(429);
  });

  it('is over after its time', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    await database.query(
      `update access_codes c set expires_at = now() - interval '1 second'
       from professionals p where p.id = c.professional_id and p.email = $1`,
      [email],
    );
    expect(tally([await enter(email, code)])).toEqual({ '401 invalid_code': 1 });
  });

  it('is kept as a keyed hash alone', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    const { rows } = await database.query('select * from access_codes');
    expect(
      linesWith(
        rows.map((row) => JSON.stringify(row)),
        [code],
      ),
    ).toEqual([]);
    const { rows: jobs } = await database.query('select * from graphile_worker._private_jobs');
    expect(
      linesWith(
        jobs.map((row) => JSON.stringify(row)),
        mailed,
      ),
    ).toEqual([]);
  });

  it('tells an older one apart in the browser that asked for it, and counts it as a guess', async () => {
    const email = await newPerson();
    const asked = await send('POST', '/api/v1/auth/codes', { body: { email } });
    const cookie = asked.cookies[0]?.split(';')[0] ?? '';
    const old = await mailedCode(send, email);
    mailed.push(old);
    await mailCode(email);
    const attempts: RawAnswer[] = [];
    for (let index = 0; index < 6; index++) attempts.push(await enter(email, old, { cookie }));
    expect(tally(attempts)).toEqual({ '401 superseded_code': 5, '429 too_many_requests': 1 });
    expect(tally([await enter(email, old)])).toEqual({ '429 too_many_requests': 1 });
  });

  it('tells an older one apart when the same browser asked for both, and its mail came late', async () => {
    const email = await newPerson();
    const ask = async (cookie: string) => {
      const { cookies } = await send('POST', '/api/v1/auth/codes', { headers: { cookie }, body: { email } });
      return cookies[0]?.split(';')[0] ?? '';
    };
    const first = await ask('');
    const old = await mailedCode(send, email);
    const second = await ask(first);
    const newer = await vi.waitUntil(async () => {
      const code = await mailedCode(send, email);
      return code === old ? undefined : code;
    }, 10_000);
    mailed.push(old, newer);
    expect(tally([await enter(email, old, { cookie: second })])).toEqual({ '401 superseded_code': 1 });
    expect(tally([await enter(email, old)])).toEqual({ '401 invalid_code': 1 });
    expect((await enter(email, newer, { cookie: second })).status).toBe(201);
  });
});

describe('guesses', () => {
  it('are looked at five times when 100 arrive at once, and then the right code is refused too', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => enter(email, wrongCode(code, index + 1))),
    );
    expect(tally(answers)).toEqual({ '401 invalid_code': 5, '429 too_many_requests': 95 });
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body.detail).toMatch(
      /^Muitas tentativas\. Tente de novo em (1 minuto|\d\d segundos), ou entre agora com uma chave de acesso\.$/,
    );
    const inEnglish = await send('POST', '/api/v1/auth/sessions', {
      headers: { 'x-forwarded-for': '198.51.100.1', 'accept-language': 'en' },
      body: { email, code: '000000', device: { id: 'x' }, transport: 'bearer' },
    });
    expect(inEnglish.body.detail).toMatch(
      /^Too many attempts\. Try again in (1 minute|\d\d seconds), or sign in now with a passkey\.$/,
    );
    const { rows } = await database.query<{ wrong_guesses: number }>(
      `select c.wrong_guesses from access_codes c join professionals p on p.id = c.professional_id where p.email = $1`,
      [email],
    );
    expect(rows).toEqual([{ wrong_guesses: 5 }]);
    expect(tally([await enter(email, code)])).toEqual({ '429 too_many_requests': 1 });
    expect(await liveSessions(email)).toBe(0);
  });

  it('are looked at five times for one code also when each comes from another address', async () => {
    const email = await newPerson();
    const code = await mailCode(email);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        enter(email, wrongCode(code, index + 1), { from: `203.0.113.${index}` }),
      ),
    );
    expect((await enter(email, code, { from: '203.0.113.200' })).status).toBe(429);
    expect(await liveSessions(email)).toBe(0);
  });

  it('do not start afresh with a new code', async () => {
    const email = await newPerson();
    const first = await mailCode(email);
    for (let index = 1; index <= 3; index++) expect((await enter(email, wrongCode(first, index))).status).toBe(401);
    const second = await mailCode(email);
    for (let index = 1; index <= 2; index++) expect((await enter(email, wrongCode(second, index))).status).toBe(401);
    expect((await enter(email, second)).status).toBe(429);
    const third = await mailCode(email);
    expect((await enter(email, third)).status).toBe(429);
  });

  it('lock for a time that grows', async () => {
    const email = await newPerson();
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      const code = await mailCode(email);
      for (let index = 1; index <= 5; index++) await enter(email, wrongCode(code, index));
      waits.push(Number((await enter(email, code)).headers.get('retry-after')));
      await database.query(`update sign_in_guards set locked_until = now() where locked_until is not null`);
    }
    expect(waits.map((seconds) => Math.round(seconds / 60))).toEqual([1, 5, 15]);
  });

  it('of strangers lock nobody out of a device that has signed in before', async () => {
    const email = await newPerson();
    const deviceId = randomUUID();
    expect((await enter(email, await mailCode(email), { deviceId })).status).toBe(201);
    const theirs = await mailCode(email);
    for (let index = 1; index <= 6; index++) await enter(email, wrongCode(theirs, index));
    expect((await enter(email, await mailCode(email, deviceId), { deviceId })).status).toBe(201);
    // Also when the code was asked for elsewhere, or by a client that does not say which device asks.
    expect((await enter(email, await mailCode(email), { deviceId })).status).toBe(201);
  });

  it('of strangers leave the owner on a new device one, from an address that has not guessed wrong', async () => {
    const email = await newPerson();
    const theirs = await mailCode(email);
    for (let index = 1; index <= 6; index++) await enter(email, wrongCode(theirs, index), { from: '203.0.113.9' });
    const code = await mailCode(email);
    expect((await enter(email, code, { from: '203.0.113.9' })).status).toBe(429);
    expect((await enter(email, code, { from: '192.0.2.44' })).status).toBe(201);
    // The lock that the attacker caused is still on for them.
    expect((await enter(email, await mailCode(email), { from: '203.0.113.9' })).status).toBe(429);
  });

  it('from many addresses use up that reserve after five a day', async () => {
    const email = await newPerson();
    const theirs = await mailCode(email);
    for (let index = 1; index <= 5; index++) await enter(email, wrongCode(theirs, index));
    const answers: RawAnswer[] = [];
    for (let index = 1; index <= 12; index++)
      answers.push(await enter(email, wrongCode(theirs, index), { from: `192.0.2.${index}` }));
    expect(tally(answers)).toEqual({ '401 invalid_code': 5, '429 too_many_requests': 7 });
  });
});

describe('an e-mail that nobody has', () => {
  it('answers like any other: status, body, headers, cookies', async () => {
    const email = await newPerson();
    const [known, unknown] = await Promise.all(
      [email, `x${email}`].map((address) => send('POST', '/api/v1/auth/codes', { body: { email: address } })),
    );
    const shape = (answer: RawAnswer | undefined) => ({
      status: answer?.status,
      body: answer?.body,
      headers: [...(answer?.headers.keys() ?? [])],
      cookies: answer?.cookies.map((cookie) => cookie.replace(/=[^;]*/, '=').length),
    });
    expect(shape(unknown)).toEqual(shape(known));
    expect(unknown?.status).toBe(202);
    expect(unknown?.cookies[0]?.length).toBe(known?.cookies[0]?.length);
  });

  it('gets no mail', async () => {
    await send('POST', '/api/v1/auth/codes', { body: { email: 'ninguem@pessoa1.test' } });
    // A mail asked for later has come: the other one never will.
    await mailCode(await newPerson());
    const { text } = await send('GET', '/dev/mailbox', { headers: { accept: 'application/json' } });
    expect(text).not.toContain('ninguem@');
  });

  it('refuses codes like any other, in the same time', async () => {
    const guess = async (address: string, code: string, index: number) => {
      const started = performance.now();
      const answer = await enter(address, code, { from: `198.51.100.${index}` });
      return { answer, took: performance.now() - started };
    };
    const fastest = { known: Infinity, unknown: Infinity };
    const compare = async (attempt: number) => {
      const email = await newPerson();
      const code = await mailCode(email);
      for (let index = attempt * 10; index < attempt * 10 + 5; index++) {
        const known = await guess(email, wrongCode(code, index + 1), index);
        const unknown = await guess(`x${email}`, wrongCode(code, index + 1), index);
        expect({ ...unknown.answer.body, requestId: '' }).toEqual({ ...known.answer.body, requestId: '' });
        fastest.known = Math.min(fastest.known, known.took);
        fastest.unknown = Math.min(fastest.unknown, unknown.took);
      }
      const [unknown, known] = [await guess(`x${email}`, code, 6), await guess(email, code, 6)];
      expect(unknown.answer.status).toBe(known.answer.status);
    };
    const difference = () => Math.abs(fastest.known - fastest.unknown);
    // What else the machine does delays some answers; what an answer depends on delays all.
    for (let attempt = 0; attempt < 5 && !(difference() < 20); attempt++) await compare(attempt);
    expect(difference()).toBeLessThan(20);
  });
});

it('never writes a code to the log', () => {
  expect(server.logs.length).toBeGreaterThan(100);
  expect(mailed.length).toBeGreaterThan(10);
  expect(linesWith(server.logs, mailed)).toEqual([]);
  expect(server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
});
