import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { createMailedCodes, type MailedCodes } from '../../../../tests/support/mailed-codes.ts';
import { linesWith, type RawAnswer, tally, wrongCode } from './testing/requests.ts';

let auth: AuthServer;
let codes: MailedCodes;
beforeAll(async () => {
  auth = await startAuthServer({ TRUSTED_PROXY_HOPS: '1' });
  codes = createMailedCodes(auth);
});
afterAll(() => auth.stop());

describe('guesses', () => {
  it('are looked at five times when 100 arrive at once, and then the right code is refused too', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => codes.enter(email, wrongCode(code, index + 1))),
    );
    expect(tally(answers)).toEqual({ '401 invalid_code': 5, '429 too_many_requests': 95 });
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body.detail).toMatch(
      /^Muitas tentativas\. Tente de novo em (1 minuto|\d\d segundos), ou entre agora com uma chave de acesso\.$/,
    );
    const inEnglish = await auth.send('POST', '/api/v1/auth/sessions', {
      headers: { 'x-forwarded-for': '198.51.100.1', 'accept-language': 'en' },
      body: { email, code: '000000', device: { id: 'x' }, transport: 'bearer' },
    });
    expect(inEnglish.body.detail).toMatch(
      /^Too many attempts\. Try again in (1 minute|\d\d seconds), or sign in now with a passkey\.$/,
    );
    const { rows } = await auth.database.query<{ wrong_guesses: number }>(
      `select c.wrong_guesses from access_codes c join professionals p on p.id = c.professional_id where p.email = $1`,
      [email],
    );
    expect(rows).toEqual([{ wrong_guesses: 5 }]);
    expect(tally([await codes.enter(email, code)])).toEqual({ '429 too_many_requests': 1 });
    expect(await codes.countLiveSessions(email)).toBe(0);
  });

  it('are looked at five times for one code also when each comes from another address', async () => {
    const email = await codes.newPerson();
    const code = await codes.mailCode(email);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        codes.enter(email, wrongCode(code, index + 1), { from: `203.0.113.${index}` }),
      ),
    );
    expect((await codes.enter(email, code, { from: '203.0.113.200' })).status).toBe(429);
    expect(await codes.countLiveSessions(email)).toBe(0);
  });

  it('do not start afresh with a new code', async () => {
    const email = await codes.newPerson();
    const first = await codes.mailCode(email);
    for (let index = 1; index <= 3; index++)
      expect((await codes.enter(email, wrongCode(first, index))).status).toBe(401);
    const second = await codes.mailCode(email);
    for (let index = 1; index <= 2; index++)
      expect((await codes.enter(email, wrongCode(second, index))).status).toBe(401);
    expect((await codes.enter(email, second)).status).toBe(429);
    const third = await codes.mailCode(email);
    expect((await codes.enter(email, third)).status).toBe(429);
  });

  it('lock for a time that grows', async () => {
    const email = await codes.newPerson();
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      const code = await codes.mailCode(email);
      for (let index = 1; index <= 5; index++) await codes.enter(email, wrongCode(code, index));
      waits.push(Number((await codes.enter(email, code)).headers.get('retry-after')));
      await auth.database.query(`update sign_in_guards set locked_until = now() where locked_until is not null`);
    }
    expect(waits.map((seconds) => Math.round(seconds / 60))).toEqual([1, 5, 15]);
  });

  it('of strangers lock nobody out of a device that has signed in before', async () => {
    const email = await codes.newPerson();
    const deviceId = randomUUID();
    expect((await codes.enter(email, await codes.mailCode(email), { deviceId })).status).toBe(201);
    const theirs = await codes.mailCode(email);
    for (let index = 1; index <= 6; index++) await codes.enter(email, wrongCode(theirs, index));
    expect((await codes.enter(email, await codes.mailCode(email, deviceId), { deviceId })).status).toBe(201);
    // Also when the code was requested elsewhere, or by a client that does not name its device.
    expect((await codes.enter(email, await codes.mailCode(email), { deviceId })).status).toBe(201);
  });

  it('of strangers leave the owner on a new device one, from an address that has not guessed wrong', async () => {
    const email = await codes.newPerson();
    const theirs = await codes.mailCode(email);
    for (let index = 1; index <= 6; index++)
      await codes.enter(email, wrongCode(theirs, index), { from: '203.0.113.9' });
    const code = await codes.mailCode(email);
    expect((await codes.enter(email, code, { from: '203.0.113.9' })).status).toBe(429);
    expect((await codes.enter(email, code, { from: '192.0.2.44' })).status).toBe(201);
    // The attacker is still locked out.
    expect((await codes.enter(email, await codes.mailCode(email), { from: '203.0.113.9' })).status).toBe(429);
  });

  it('from many addresses use up that reserve after five a day', async () => {
    const email = await codes.newPerson();
    const theirs = await codes.mailCode(email);
    for (let index = 1; index <= 5; index++) await codes.enter(email, wrongCode(theirs, index));
    const answers: RawAnswer[] = [];
    for (let index = 1; index <= 12; index++)
      answers.push(await codes.enter(email, wrongCode(theirs, index), { from: `192.0.2.${index}` }));
    expect(tally(answers)).toEqual({ '401 invalid_code': 5, '429 too_many_requests': 7 });
  });
});

it('never write a code to the log', () => {
  expect(codes.mailed.length).toBeGreaterThan(5);
  expect(linesWith(auth.server.logs, codes.mailed)).toEqual([]);
});
