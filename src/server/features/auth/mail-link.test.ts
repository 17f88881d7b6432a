import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMails } from '../../../../tests/support/mailbox.ts';
import type { TestServer } from '../../../../tests/support/server.ts';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { linesWith, type RawAnswer, type Send, tally, wrongCode } from './testing/requests.ts';

describe('the link in a sign-in mail', () => {
  let auth: AuthServer;
  let server: TestServer;
  let send: Send;
  let database: pg.Client;
  const seen: string[] = [];

  beforeAll(async () => {
    auth = await startAuthServer({
      TRUSTED_PROXY_HOPS: '1',
      PUBLIC_URL: 'https://clinica.example',
      OTP_THROTTLE_PER_MINUTE: '100',
    });
    ({ server, send, database } = auth);
    await server.createClinic('link.test');
  });
  afterAll(() => auth.stop());

  /** Requests a code. @returns the contents of the mail */
  async function receiveMail(email: string, from = '192.0.2.1') {
    const before = (await listMails(server))[0]?.id ?? 0;
    await send('POST', '/api/v1/auth/codes', { headers: { 'x-forwarded-for': from }, body: { email } });
    for (let attempt = 0; attempt < 400; attempt++) {
      const mail = (await listMails(server)).find(({ id, to }) => id > before && to === email);
      if (mail !== undefined) {
        const url = new URL(/https:\S+/.exec(mail.text)?.[0] ?? '');
        const values = new URLSearchParams(url.hash.slice(1));
        const [secret, code] = [values.get('chave') ?? '', mail.code ?? ''];
        seen.push(secret);
        return { url, secret, code, email: values.get('email') ?? '' };
      }
      await sleep(25);
    }
    throw new Error('no mail');
  }

  const enter = (email: string, secret: string, from = '192.0.2.1'): Promise<RawAnswer> =>
    send('POST', '/api/v1/auth/link-sessions', {
      headers: { 'x-forwarded-for': from },
      body: { email, secret, device: { id: randomUUID() }, transport: 'bearer' },
    });
  const guess = (email: string, code: string, from: string): Promise<RawAnswer> =>
    send('POST', '/api/v1/auth/sessions', {
      headers: { 'x-forwarded-for': from },
      body: { email, code, device: { id: randomUUID() }, transport: 'bearer' },
    });
  const refused = { '401 invalid_link': 1 };

  it('leads to the configured address and signs in once, also twenty times at once', async () => {
    const { url, email, secret } = await receiveMail('ana@link.test');
    expect(`${url.origin}${url.pathname}${url.search}`).toBe('https://clinica.example/entrar');
    expect(email).toBe('ana@link.test');
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(email, secret)));
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_link': 19 });
    expect(answers.find(({ status }) => status === 201)?.body['professional']).toMatchObject({ email });
  });

  it('and the code of its mail are one: using either ends both', async () => {
    const first = await receiveMail('bruno@link.test');
    expect((await enter(first.email, first.secret)).status).toBe(201);
    expect((await guess(first.email, first.code, '192.0.2.1')).status).toBe(401);
    const second = await receiveMail('bruno@link.test');
    expect((await guess(second.email, second.code, '192.0.2.1')).status).toBe(201);
    expect(tally([await enter(second.email, second.secret)])).toEqual(refused);
  });

  it('opens nothing for another person, with an altered secret, or after its time', async () => {
    const { email, secret } = await receiveMail('carla@link.test');
    expect(tally([await enter('ana@link.test', secret)])).toEqual(refused);
    expect(tally([await enter('ninguem@link.test', secret)])).toEqual(refused);
    expect(tally([await enter(email, randomBytes(32).toString('base64url'))])).toEqual(refused);
    await database.query(`update access_codes set expires_at = now() - interval '1 second' where used_at is null`);
    expect(tally([await enter(email, secret)])).toEqual(refused);
  });

  it('changes nothing when it is opened', async () => {
    const { url, email, secret } = await receiveMail('carla@link.test');
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(method, url.pathname, { headers: { accept: 'text/html' } });
      expect([answer.status, answer.cookies]).toEqual([200, []]);
    }
    expect((await enter(email, secret)).status).toBe(201);
  });

  it('lets the owner in on a new device while thirty strangers keep the account locked', async () => {
    const { email, code, secret } = await receiveMail('bruno@link.test', '192.0.2.77');
    const strangers = Array.from({ length: 30 }, (_, index) => `203.0.113.${index + 1}`);
    const guesses = await Promise.all(strangers.map((from, index) => guess(email, wrongCode(code, index + 1), from)));
    expect(tally(guesses)['429 too_many_requests']).toBeGreaterThan(15);
    // The owner's own code is refused; the answer says how to get in.
    const locked = await guess(email, code, '192.0.2.77');
    expect(locked.status === 429 ? locked.body.detail : locked.body.code).toMatch(/pelo link do e-mail|invalid_code/);
    // A stranger requests codes too, so that the owner's is no longer the newest.
    await receiveMail(email, '203.0.113.200');
    expect((await enter(email, secret, '192.0.2.77')).status).toBe(201);
    // The account stays locked for guesses: signing in by the link does not reset that.
    const later = await guess(email, wrongCode(code, 99), '203.0.113.1');
    expect(tally([later])).toEqual({ '429 too_many_requests': 1 });
    expect(later.body.detail).toContain('pelo link do e-mail que trouxe o código, ou com uma chave de acesso');
  });

  it('stands in no log', () => {
    expect(seen.length).toBeGreaterThan(4);
    expect(linesWith(server.logs, seen)).toEqual([]);
  });
});

it('tries of links are limited for each address apart', async () => {
  const auth = await startAuthServer({ OTP_THROTTLE_PER_MINUTE: '1', TRUSTED_PROXY_HOPS: '1' });
  try {
    const enter = (from: string) =>
      auth.send('POST', '/api/v1/auth/link-sessions', {
        headers: { 'x-forwarded-for': from },
        body: { email: 'x@y.test', secret: 'a'.repeat(43), device: { id: 'x' }, transport: 'bearer' },
      });
    const answers = await Promise.all(Array.from({ length: 10 }, () => enter('203.0.113.1')));
    expect(tally(answers)).toEqual({ '401 invalid_link': 6, '429 too_many_requests': 4 });
    expect((await enter('203.0.113.2')).status).toBe(401);
  } finally {
    await auth.stop();
  }
});
