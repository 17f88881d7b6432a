import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn, TestServer } from '../../../../tests/support/server.ts';
import { createAuthenticator } from './testing/authenticator.ts';
import { type AuthServer, startAuthServer } from '../../../../tests/support/auth-server.ts';
import { type RawAnswer, type Send, tally } from './testing/requests.ts';

describe('limits of passkeys', () => {
  let auth: AuthServer;
  let server: TestServer;
  let send: Send;
  let ana: SignedIn;
  let bruno: SignedIn;
  let database: pg.Client;

  beforeAll(async () => {
    auth = await startAuthServer({
      OTP_THROTTLE_PER_MINUTE: '5',
      TRUSTED_PROXY_HOPS: '1',
      MAX_ACTIVE_DEVICE_SESSIONS: '100',
    });
    ({ server, send, database } = auth);
    await server.createClinic('teto.test');
    ana = await server.signIn('ana@teto.test');
    bruno = await server.signIn('bruno@teto.test');
  });
  afterAll(() => auth.stop());

  const begin = (person: SignedIn, from = '192.0.2.1') =>
    send('POST', '/api/v1/auth/passkeys/options', {
      headers: { authorization: `Bearer ${person.accessToken}`, 'x-forwarded-for': from },
    });
  const authenticator = () => createAuthenticator(new URL(server.address).origin);
  const add = (person: SignedIn, credential: unknown) =>
    send('POST', '/api/v1/auth/passkeys', {
      headers: { authorization: `Bearer ${person.accessToken}` },
      body: { name: 'Celular', credential },
    });
  const options = (from: string) =>
    send('POST', '/api/v1/auth/passkey-sessions/options', { headers: { 'x-forwarded-for': from } });
  const enter = (credential: unknown, from: string): Promise<RawAnswer> =>
    send('POST', '/api/v1/auth/passkey-sessions', {
      headers: { 'x-forwarded-for': from },
      body: { credential, device: { id: randomUUID() }, transport: 'bearer' },
    });
  const challengeOf = ({ body }: RawAnswer) => ({ challenge: String(body['challenge']) });

  it('a person has ten, also when more are added at once', async () => {
    const begun = await Promise.all(Array.from({ length: 14 }, () => begin(ana)));
    expect(tally(begun)).toEqual({ '200': 14 });
    const credentials = begun.map(({ body }) => authenticator().create(body as never));
    const added = await Promise.all(credentials.map((credential) => add(ana, credential)));
    expect(tally(added)).toEqual({ '201': 10, '409 too_many_passkeys': 4 });
    expect(tally([await begin(ana)])).toEqual({ '409 too_many_passkeys': 1 });
    const [first] = (await ana.api('GET /auth/passkeys')).body.items;
    await ana.api('DELETE /auth/passkeys/{id}', { params: { id: first?.id ?? '' } });
    expect((await begin(ana)).status).toBe(200);
    // Other people are not affected, nor do strangers at the same address get in the way.
    await Promise.all(Array.from({ length: 62 }, () => options('192.0.2.1')));
    expect((await begin(bruno, '192.0.2.1')).status).toBe(200);
  });

  it('one address tries thirty a minute, right or wrong, and others go on', async () => {
    const lie = { ...authenticator().get({ challenge: 'bm8tc3VjaC1jaGFsbGVuZ2U' }) };
    const answers = await Promise.all(Array.from({ length: 60 }, () => enter(lie, '203.0.113.5')));
    expect(tally(answers)).toEqual({ '401 invalid_passkey': 30, '429 too_many_requests': 30 });
    expect(Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await enter(lie, '203.0.113.6')).status).toBe(401);
  });

  it('one person signs in ten times a minute from whatever addresses; strangers use none of it up', async () => {
    const { body } = await begin(bruno);
    const own = authenticator();
    expect((await add(bruno, own.create(body as never))).status).toBe(201);
    const place = (index: number) => `198.51.100.${index}`;
    // Wrong answers with that passkey's id, from somebody who knows it.
    for (let index = 0; index < 20; index++) {
      const asked = challengeOf(await options(place(index)));
      const forged = { ...authenticator().get(asked), id: own.get(asked).id, rawId: own.get(asked).id };
      expect((await enter(forged, place(index))).status).toBe(401);
    }
    const answers: RawAnswer[] = [];
    for (let index = 0; index < 12; index++)
      answers.push(await enter(own.get(challengeOf(await options(place(index)))), place(index)));
    expect(tally(answers)).toEqual({ '201': 10, '429 too_many_requests': 2 });
  });

  it('challenges that are over are cleared away by those that follow', async () => {
    await database.query(`update passkey_challenges set expires_at = now() - interval '1 minute'`);
    const { rowCount: before } = await database.query('select from passkey_challenges');
    expect(before).toBeGreaterThan(20);
    for (let index = 0; index < 12; index++) await options(`203.0.113.${100 + index}`);
    const { rowCount } = await database.query('select from passkey_challenges');
    expect(rowCount).toBeLessThan(Math.max(13, (before ?? 0) - 90));
  });
});
