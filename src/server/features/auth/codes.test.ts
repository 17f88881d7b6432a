import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listMails, receiveCode } from '../../../../tests/support/mailbox.ts';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { createMailedCodes, type MailedCodes } from '../../../../tests/support/mailed-codes.ts';
import { linesWith, mailedCode, type RawAnswer, tally, wrongCode } from './testing/requests.ts';

let auth: AuthServer;
let codes: MailedCodes;
beforeAll(async () => {
  auth = await startAuthServer({ TRUSTED_PROXY_HOPS: '1' });
  codes = createMailedCodes(auth);
});
afterAll(() => auth.stop());

describe('a code', () => {
  it('has a number and a time, told to whoever asks and in the mail; nobody learns how many others asked for', async () => {
    const email = await codes.newPerson();
    const ask = (from: string) =>
      auth.send('POST', '/api/v1/auth/codes', { headers: { 'x-forwarded-for': from }, body: { email } });
    const numbers = [];
    for (const from of ['203.0.113.1', '203.0.113.1', '203.0.113.2']) {
      let answer: RawAnswer | undefined;
      codes.mailed.push(await receiveCode(auth.server, email, async () => (answer = await ask(from))));
      const number = answer?.headers.get('code-number') ?? '';
      numbers.push(number);
      const at = new Intl.DateTimeFormat('pt-BR', { timeStyle: 'short', timeZone: 'America/Sao_Paulo' });
      const which = `código nº ${number}, pedido às ${at.format(new Date(answer?.headers.get('date') ?? ''))}`;
      expect((await listMails(auth.server))[0]?.text).toContain(which);
    }
    expect(numbers).toEqual(['1', '2', '1']);
  });

  it('is replaced by a newer one and good for one sign-in', async () => {
    const email = await codes.newPerson();
    const first = await codes.mailCode(email);
    const second = await codes.mailCode(email);
    expect((await codes.enter(email, first)).status).toBe(401);
    expect((await codes.enter(email, second)).status).toBe(201);
    expect((await codes.enter(email, second)).status).toBe(401);
  });

  it('lets one of 20 parallel sign-ins pass', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => codes.enter(email, code)));
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_code': 19 });
    expect(await codes.countLiveSessions(email)).toBe(1);
    // These were no guesses, so the account is not locked.
    expect((await codes.enter(email, await codes.mailCode(email))).status).toBe(201);
  });

  it('that has done its work, sent again, neither costs a guess nor gives one back', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    expect((await codes.enter(email, code)).status).toBe(201);
    for (let index = 1; index <= 4; index++)
      expect((await codes.enter(email, wrongCode(code, index))).status).toBe(401);
    const again = await Promise.all(Array.from({ length: 10 }, () => codes.enter(email, code)));
    expect(tally(again)).toEqual({ '401 invalid_code': 10 });
    expect((await codes.enter(email, wrongCode(code, 5))).status).toBe(401);
    expect((await codes.enter(email, wrongCode(code, 6))).status).toBe(429);
  });

  it('is over after its time', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    await auth.database.query(
      `update access_codes c set expires_at = now() - interval '1 second'
       from professionals p where p.id = c.professional_id and p.email = $1`,
      [email],
    );
    expect(tally([await codes.enter(email, code)])).toEqual({ '401 invalid_code': 1 });
  });

  it('is kept as a keyed hash alone', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    const { rows } = await auth.database.query('select * from access_codes');
    expect(
      linesWith(
        rows.map((row) => JSON.stringify(row)),
        [code],
      ),
    ).toEqual([]);
    const { rows: jobs } = await auth.database.query('select * from graphile_worker._private_jobs');
    expect(
      linesWith(
        jobs.map((row) => JSON.stringify(row)),
        codes.mailed,
      ),
    ).toEqual([]);
  });

  it('tells an older one apart in the browser that asked for it, and counts it as a guess', async () => {
    const email = await codes.newPerson();
    const asked = await auth.send('POST', '/api/v1/auth/codes', { body: { email } });
    const cookie = asked.cookies[0]?.split(';')[0] ?? '';
    const old = await mailedCode(auth.send, email);
    codes.mailed.push(old);
    await codes.mailCode(email);
    const attempts: RawAnswer[] = [];
    for (let index = 0; index < 6; index++) attempts.push(await codes.enter(email, old, { cookie }));
    expect(tally(attempts)).toEqual({ '401 superseded_code': 5, '429 too_many_requests': 1 });
    expect(tally([await codes.enter(email, old)])).toEqual({ '429 too_many_requests': 1 });
  });

  it('tells an older one apart when the same browser asked for both, and its mail came late', async () => {
    const email = await codes.newPerson();
    const ask = async (cookie: string) => {
      const { cookies } = await auth.send('POST', '/api/v1/auth/codes', { headers: { cookie }, body: { email } });
      return cookies[0]?.split(';')[0] ?? '';
    };
    const first = await ask('');
    const old = await mailedCode(auth.send, email);
    const second = await ask(first);
    const newer = await vi.waitUntil(async () => {
      const code = await mailedCode(auth.send, email);
      return code === old ? undefined : code;
    }, 10_000);
    codes.mailed.push(old, newer);
    expect(tally([await codes.enter(email, old, { cookie: second })])).toEqual({ '401 superseded_code': 1 });
    expect(tally([await codes.enter(email, old)])).toEqual({ '401 invalid_code': 1 });
    expect((await codes.enter(email, newer, { cookie: second })).status).toBe(201);
  });
});

describe('an e-mail that nobody has', () => {
  it('answers like any other: status, body, headers, cookies', async () => {
    const email = await codes.newPerson();
    const [known, unknown] = await Promise.all(
      [email, `x${email}`].map((address) => auth.send('POST', '/api/v1/auth/codes', { body: { email: address } })),
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
    await auth.send('POST', '/api/v1/auth/codes', { body: { email: 'ninguem@pessoa1.test' } });
    // A mail that was requested later has arrived, so the other one was never sent.
    await codes.mailCode(await codes.newPerson());
    const { text } = await auth.send('GET', '/dev/mailbox', { headers: { accept: 'application/json' } });
    expect(text).not.toContain('ninguem@');
  });

  it('refuses codes like any other, in the same time', async () => {
    const guess = async (address: string, code: string, index: number) => {
      const started = performance.now();
      const answer = await codes.enter(address, code, { from: `198.51.100.${index}` });
      return { answer, took: performance.now() - started };
    };
    const fastest = { known: Infinity, unknown: Infinity };
    const compare = async (attempt: number) => {
      const email = await codes.newPerson();
      const code = await codes.mailCode(email);
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
    // Compare the fastest answers: a busy machine delays only some, a lookup would delay all.
    for (let attempt = 0; attempt < 5 && !(difference() < 20); attempt++) await compare(attempt);
    expect(difference()).toBeLessThan(20);
  });
});

it('never writes a code to the log', () => {
  expect(auth.server.logs.length).toBeGreaterThan(100);
  expect(codes.mailed.length).toBeGreaterThan(10);
  expect(linesWith(auth.server.logs, codes.mailed)).toEqual([]);
  expect(auth.server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
});
