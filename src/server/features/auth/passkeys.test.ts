import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { createAuthenticator, type Dishonesty } from './testing/authenticator.ts';
import { linesWith, mailedCode, type RawAnswer, type Send, sender, tally } from './testing/requests.ts';

type Authenticator = ReturnType<typeof createAuthenticator>;

describe('passkeys', () => {
  let server: TestServer;
  let send: Send;
  let database: pg.Client;
  let bruno: SignedIn;
  let page: string;
  const seen: string[] = [];

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '100' });
    await server.createClinic('chave.test');
    send = sender(server.address);
    database = new pg.Client(server.database.url);
    await database.connect();
    bruno = await server.signIn('bruno@chave.test');
    page = new URL(server.address).origin;
  });
  afterAll(async () => {
    await database.end();
    await server.stop();
  });

  const begin = async ({ api }: SignedIn) => (await api('POST /auth/passkeys/options')).body;
  const add = (person: SignedIn, credential: unknown, name = 'Celular'): Promise<RawAnswer> =>
    send('POST', '/api/v1/auth/passkeys', {
      headers: { authorization: `Bearer ${person.accessToken}` },
      body: { name, credential },
    });
  /** A passkey that the person has added. */
  const newPasskey = async (person: SignedIn): Promise<{ authenticator: Authenticator; id: string }> => {
    await database.query('delete from passkeys where professional_id = $1', [person.professionalId]);
    const authenticator = createAuthenticator(page);
    const { status, body } = await add(person, authenticator.create(await begin(person)));
    expect(status).toBe(201);
    return { authenticator, id: String(body['id']) };
  };
  const beginSignIn = async () => (await server.api('POST /auth/passkey-sessions/options')).body;
  const enter = async (credential: unknown, deviceId: string = randomUUID()): Promise<RawAnswer> => {
    const answer = await send('POST', '/api/v1/auth/passkey-sessions', {
      body: { credential, device: { id: deviceId }, transport: 'bearer' },
    });
    if (answer.status === 201) seen.push(String(answer.body['accessToken']), String(answer.body['refreshToken']));
    return answer;
  };
  const refusal = { '401 invalid_passkey': 1 };

  it('ask for a discoverable key with the person verified, and tell nothing of the person by its handle', async () => {
    const options = await begin(bruno);
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Acolhe' },
      user: { name: 'bruno@chave.test', displayName: 'Bruno' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const request = await beginSignIn();
    expect(request).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(request).not.toHaveProperty('allowCredentials');
    expect(request.challenge.length).toBeGreaterThanOrEqual(43);
  });

  it('sign in without an e-mail, like a code does, and count their use', async () => {
    const { authenticator, id } = await newPasskey(bruno);
    const answer = await enter(authenticator.get(await beginSignIn()));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ professional: { email: 'bruno@chave.test' }, maxSessions: 100 });
    const headers = { authorization: `Bearer ${String(answer.body['accessToken'])}` };
    expect((await send('GET', '/api/v1/me', { headers })).status).toBe(200);
    const listed = await send('GET', '/api/v1/auth/passkeys', { headers });
    const own = (listed.body['items'] as { id: string; lastUsedAt: string | null }[]).find((item) => item.id === id);
    expect(own).toMatchObject({ name: 'Celular', backedUp: false });
    expect(own?.lastUsedAt).not.toBeNull();
    expect(listed.text).not.toMatch(/publicKey|public_key|credential/);
  });

  it('let their owner in while strangers have the e-mailed codes locked', async () => {
    const { authenticator } = await newPasskey(bruno);
    for (let index = 0; index < 6; index++)
      await send('POST', '/api/v1/auth/sessions', {
        body: { email: 'bruno@chave.test', code: '000000', device: { id: 'x' }, transport: 'bearer' },
      });
    expect((await enter(authenticator.get(await beginSignIn()))).status).toBe(201);
  });

  it('answer a challenge once, also when 20 copies arrive together', async () => {
    const { authenticator } = await newPasskey(bruno);
    const credential = authenticator.get(await beginSignIn());
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(credential)));
    expect(tally(answers)).toEqual({ '201': 1, '401 invalid_passkey': 19 });
  });

  it('answer no challenge that was never given, is over, or was given for something else', async () => {
    const { authenticator } = await newPasskey(bruno);
    expect(tally([await enter(authenticator.get({ challenge: 'bm8tc3VjaC1jaGFsbGVuZ2U' }))])).toEqual(refusal);
    const late = await beginSignIn();
    await database.query('update passkey_challenges set expires_at = now() where challenge = $1', [late.challenge]);
    expect(tally([await enter(authenticator.get(late))])).toEqual(refusal);
    expect(tally([await enter(authenticator.get(await begin(bruno)))])).toEqual(refusal);
  });

  const lies: [string, Dishonesty][] = [
    ['on another origin', { origin: 'https://evil.example' }],
    ['on another port', { origin: 'http://localhost:1' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['without the person verified', { userVerified: false }],
    ['as something else', { type: 'payment.get' }],
    ['for another person', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['by a copy that lags behind', { counter: 1 }],
  ];
  it.each(lies)('are refused when signed %s', async (_, lie) => {
    const { authenticator } = await newPasskey(bruno);
    expect((await enter(authenticator.get(await beginSignIn()))).status).toBe(201);
    expect(tally([await enter(authenticator.get(await beginSignIn(), lie))])).toEqual(refusal);
    // The refused attempts changed nothing.
    expect((await enter(authenticator.get(await beginSignIn()))).status).toBe(201);
  });

  it('are refused with a signature of another key, or altered after signing', async () => {
    const { authenticator } = await newPasskey(bruno);
    const other = createAuthenticator(page);
    const { challenge } = await beginSignIn();
    const real = authenticator.get({ challenge });
    const forged = { ...other.get({ challenge }), id: real.id, rawId: real.rawId };
    expect(tally([await enter(forged)])).toEqual(refusal);
    const honest = authenticator.get(await beginSignIn());
    const data = Buffer.from(honest.response.authenticatorData, 'base64url');
    data.writeUInt32BE(9999, 33);
    const altered = { ...honest, response: { ...honest.response, authenticatorData: data.toString('base64url') } };
    expect(tally([await enter(altered)])).toEqual(refusal);
    expect(tally([await enter(createAuthenticator(page).get(await beginSignIn()))])).toEqual(refusal);
    const rubbish = { ...real, response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' } };
    expect(tally([await enter(rubbish)])).toEqual(refusal);
  });

  it('are written down when they fail', async () => {
    const { authenticator, id } = await newPasskey(bruno);
    await enter(authenticator.get(await beginSignIn(), { userVerified: false }));
    const { rows } = await database.query('select action from audit_events where record_id = $1 order by at', [id]);
    expect(rows).toEqual([{ action: 'passkey_added' }, { action: 'sign_in_failed' }]);
  });

  it('are not added by a dishonest page, nor without the person verified, nor with another’s challenge', async () => {
    const refused = { '422 passkey_refused': 1 };
    const carla = await server.signIn('carla@chave.test');
    for (const lie of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { userVerified: false }])
      expect(tally([await add(bruno, createAuthenticator(page).create(await begin(bruno), lie))])).toEqual(refused);
    expect(tally([await add(bruno, createAuthenticator(page).create(await begin(carla)))])).toEqual(refused);
    expect(tally([await add(bruno, createAuthenticator(page).create(await beginSignIn()))])).toEqual(refused);
    const once = await begin(bruno);
    expect((await add(bruno, createAuthenticator(page).create(once))).status).toBe(201);
    expect(tally([await add(bruno, createAuthenticator(page).create(once))])).toEqual(refused);
  });

  it('belong to one person: another cannot add, see or remove them', async () => {
    const carla = await server.signIn('carla@chave.test');
    const { authenticator, id } = await newPasskey(bruno);
    expect(tally([await add(carla, authenticator.create(await begin(carla)))])).toEqual({ '409 duplicate_passkey': 1 });
    const headers = { authorization: `Bearer ${carla.accessToken}` };
    expect((await send('GET', '/api/v1/auth/passkeys', { headers })).text).not.toContain(id);
    expect((await send('DELETE', `/api/v1/auth/passkeys/${id}`, { headers })).status).toBe(404);
    expect((await enter(authenticator.get(await beginSignIn()))).status).toBe(201);
  });

  it('open nothing once removed, or once their owner is deactivated', async () => {
    const ana = await server.signIn('ana@chave.test');
    const { authenticator, id } = await newPasskey(ana);
    expect((await ana.api('DELETE /auth/passkeys/{id}', { params: { id } })).status).toBe(204);
    expect(tally([await enter(authenticator.get(await beginSignIn()))])).toEqual(refusal);
    const kept = await newPasskey(ana);
    await database.query(`update professionals set deactivated_at = now() where email = 'ana@chave.test'`);
    expect(tally([await enter(kept.authenticator.get(await beginSignIn()))])).toEqual(refusal);
  });

  it('leave the e-mailed code as the way back', async () => {
    await send('POST', '/api/v1/auth/codes', { body: { email: 'carla@chave.test' } });
    const code = await mailedCode(send, 'carla@chave.test');
    expect(code).toMatch(/^\d{6}$/);
  });

  it('leave no token in the log and never end in a 500', () => {
    expect(seen.length).toBeGreaterThan(20);
    expect(linesWith(server.logs, seen)).toEqual([]);
    expect(server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
  });
});

it('signing in with a passkey counts as a device: the third ends the oldest', async () => {
  const server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '2' });
  try {
    await server.createClinic('limite.test');
    const carla = await server.signIn('carla@limite.test');
    const authenticator = createAuthenticator(new URL(server.address).origin);
    const credential = authenticator.create((await carla.api('POST /auth/passkeys/options')).body);
    await carla.api('POST /auth/passkeys', { body: { name: 'Celular', credential } });
    const enter = async () =>
      server.api('POST /auth/passkey-sessions', {
        body: {
          credential: authenticator.get((await server.api('POST /auth/passkey-sessions/options')).body),
          device: { id: randomUUID() },
          transport: 'bearer',
        },
      });
    expect((await enter()).body).toMatchObject({ activeSessions: 2, endedSessions: [] });
    expect((await enter()).body).toMatchObject({ activeSessions: 2, endedSessions: [{ id: carla.sessionId }] });
    await expect(carla.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'device_limit' } });
  } finally {
    await server.stop();
  }
});

it('limits how often one address may ask for challenges', async () => {
  const server = await startTestServer({ OTP_THROTTLE_PER_MINUTE: '1' });
  try {
    const send = sender(server.address);
    const answers: RawAnswer[] = [];
    for (let index = 0; index < 14; index++) answers.push(await send('POST', '/api/v1/auth/passkey-sessions/options'));
    expect(tally(answers)).toEqual({ '200': 12, '429 too_many_requests': 2 });
  } finally {
    await server.stop();
  }
});
