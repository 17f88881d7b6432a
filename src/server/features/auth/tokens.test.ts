import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { Keyring } from './secrets.ts';
import { linesWith, type Send, sender, tally } from './testing/requests.ts';
import { createRefreshToken, signAccessToken } from './tokens.ts';

const secretKey = 'a-key-of-the-tests-7f3b9c1d5e2a8f40';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('tokens', () => {
  let server: TestServer;
  let send: Send;
  let bruno: SignedIn;
  const sent: string[] = [];

  beforeAll(async () => {
    server = await startTestServer({ SECRET_KEY: secretKey });
    await server.createClinic('fichas.test');
    send = sender(server.address);
    bruno = await server.signIn('bruno@fichas.test');
  });
  afterAll(() => server.stop());

  const openWith = (token: string) => {
    sent.push(token);
    return send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
  };
  const refreshWith = (refreshToken: string) => {
    sent.push(refreshToken);
    return send('POST', '/api/v1/auth/refresh', { body: { refreshToken } });
  };

  /** The claims of a real token, signed by our key unless told otherwise. */
  const forge = async (
    options: {
      readonly key?: Uint8Array;
      readonly issuer?: string;
      readonly audience?: string;
      readonly typ?: string;
      readonly alg?: string;
      readonly expiresIn?: number | undefined;
    } = {},
  ) => {
    const claims = decodeJwt(bruno.accessToken);
    delete claims.exp;
    const [own] = new Keyring(secretKey).keysFor('access-token');
    const key = options.key ?? own ?? new Uint8Array();
    const jwt = new SignJWT(claims)
      .setProtectedHeader({ alg: options.alg ?? 'HS256', typ: options.typ ?? 'at+jwt' })
      .setIssuer(options.issuer ?? 'acolhe')
      .setAudience(options.audience ?? 'acolhe-api');
    const expiresIn = 'expiresIn' in options ? options.expiresIn : 60;
    if (expiresIn !== undefined) jwt.setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn);
    return jwt.sign(key);
  };

  it('opens with a token as this test signs it', async () => {
    expect((await openWith(await forge())).status).toBe(200);
  });

  it('refuses a token without signature, whatever it is called', async () => {
    const [, payload = ''] = bruno.accessToken.split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const header = encode({ alg, typ: 'at+jwt' });
      expect(tally([await openWith(`${header}.${payload}.`)])).toEqual({ '401 invalid_token': 1 });
      expect((await openWith(`${header}.${payload}.${bruno.accessToken.split('.')[2] ?? ''}`)).status).toBe(401);
    }
  });

  it.each([
    ['another key', { key: Buffer.from('another key of thirty-two bytes!') }],
    ['the secret itself as key', { key: Buffer.from(secretKey) }],
    ['the key of another purpose', { key: Buffer.from(hkdfSync('sha256', secretKey, '', 'acolhe refresh-token', 32)) }],
    ['another algorithm', { alg: 'HS512' }],
    ['another issuer', { issuer: 'acolhe.example' }],
    ['another audience', { audience: 'acolhe-web' }],
    ['another type', { typ: 'JWT' }],
    ['no end', { expiresIn: undefined }],
  ])('refuses %s', async (_, options) => {
    expect(tally([await openWith(await forge(options))])).toEqual({ '401 invalid_token': 1 });
  });

  it('refuses a token past its time, and says that it expired', async () => {
    expect(tally([await openWith(await forge({ expiresIn: -1 }))])).toEqual({ '401 token_expired': 1 });
    const claims = { sessionId: bruno.sessionId, professionalId: bruno.professionalId, clinicId: randomUUID() };
    const past = new Date(Date.now() - 36_001_000);
    const old = await signAccessToken(new Keyring(secretKey), { ...claims, role: 'professional' }, 36_000, past);
    expect(tally([await openWith(old)])).toEqual({ '401 token_expired': 1 });
  });

  it('refuses a token whose signature is spelt in another way', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(bruno.accessToken.slice(-1));
    // 43 letters have 258 bits, the signature 256.
    const sameBytes = `${bruno.accessToken.slice(0, -1)}${alphabet.charAt(last + 1)}`;
    for (const token of [sameBytes, `${bruno.accessToken}=`])
      expect([token, tally([await openWith(token)])]).toEqual([token, { '401 invalid_token': 1 }]);
  });

  it('refuses a token with any one character altered', async () => {
    const { accessToken, refreshToken } = bruno;
    const alter = (token: string, index: number) =>
      `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
    // Not the last character, which has unused bits in base64url.
    const places = (token: string) =>
      Array.from(token, (_, index) => index).filter(
        (index) => !/^(\.|$)/.test(token.slice(index + 1)) && index % 7 === 3,
      );
    for (const index of places(accessToken)) expect((await openWith(alter(accessToken, index))).status).toBe(401);
    for (const index of places(refreshToken)) expect((await refreshWith(alter(refreshToken, index))).status).toBe(401);
    expect((await openWith(accessToken)).status).toBe(200);
  });

  it('takes neither kind for the other', async () => {
    expect(tally([await openWith(bruno.refreshToken)])).toEqual({ '401 invalid_token': 1 });
    expect(tally([await refreshWith(bruno.accessToken)])).toEqual({ '401 invalid_token': 1 });
  });

  it('refuses a refresh token of a session that does not exist, or signed as something else', async () => {
    const keyring = new Keyring(secretKey);
    const stranger = createRefreshToken(keyring, { sessionId: randomUUID(), generation: 1 });
    expect(tally([await refreshWith(stranger)])).toEqual({ '401 invalid_token': 1 });
    const body = `rt1.${bruno.sessionId}.1`;
    const [key = ''] = keyring.keysFor('access-token');
    const forged = `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
    expect(tally([await refreshWith(forged)])).toEqual({ '401 invalid_token': 1 });
  });

  it('is 401 without any token, and for what is no token', async () => {
    expect(tally([await send('GET', '/api/v1/me')])).toEqual({ '401 unauthenticated': 1 });
    for (const authorization of ['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', bruno.accessToken])
      expect((await send('GET', '/api/v1/me', { headers: { authorization } })).status).toBe(401);
    expect((await openWith('a.b.c')).status).toBe(401);
  });

  it('never writes a token to the log', () => {
    expect(linesWith(server.logs, [...sent, bruno.accessToken, bruno.refreshToken])).toEqual([]);
    expect(server.logs.filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
  });
});
