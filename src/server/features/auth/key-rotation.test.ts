import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { loadConfig } from '../../config.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { Keyring } from './secrets.ts';
import { bearer, sender, tally } from './testing/requests.ts';

const oldKey = 'the-old-key-of-the-tests-1234567890abcdef';
const newKey = 'the-new-key-of-the-tests-fedcba0987654321';

/** Another process on the same database, with its own keys. */
async function startBeside(first: TestServer, env: Record<string, string>): Promise<RunningServer> {
  const config = loadConfig({
    DATABASE_URL: first.database.url,
    DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-test-')),
    PORT: '0',
    HOST: '127.0.0.1',
    OTP_THROTTLE_PER_MINUTE: '10000',
    ...env,
  });
  return startServer(config, pino({ level: 'silent' }), { migrate: false, demo: false });
}

describe('a new SECRET_KEY with the old one as fallback', () => {
  let before: TestServer;
  let after: RunningServer;
  let bruno: SignedIn;
  let mailed: string;
  const deviceId = randomUUID();

  beforeAll(async () => {
    before = await startTestServer({ SECRET_KEY: oldKey });
    await before.createClinic('chaves.test');
    bruno = await before.signIn('bruno@chaves.test', { id: deviceId });
    // Before the second process starts: its worker would keep the mail in its own mailbox.
    mailed = await before.fetchCode('bruno@chaves.test', { deviceId });
    after = await startBeside(before, { SECRET_KEY: newKey, SECRET_KEY_FALLBACKS: oldKey });
  });
  afterAll(async () => {
    await after.stop();
    await before.stop();
  });

  it('still takes access tokens signed with the old one', async () => {
    expect((await bearer(after.address, bruno.accessToken)('GET /me')).body.email).toBe('bruno@chaves.test');
  });

  it('refreshes old tokens and signs with the new key', async () => {
    const { body } = await sender(after.address)('POST', '/api/v1/auth/refresh', {
      body: { refreshToken: bruno.refreshToken },
    });
    const token = String(body['accessToken']);
    const [key = new Uint8Array()] = new Keyring(newKey).keysFor('access-token');
    await expect(jwtVerify(token, key)).resolves.toBeDefined();
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    expect((await bearer(after.address, token)('GET /me')).status).toBe(200);
  });

  it('takes codes that were mailed before, and knows devices from before', async () => {
    const send = sender(after.address);
    const request = { email: 'bruno@chaves.test', code: mailed, device: { id: deviceId }, transport: 'bearer' };
    const { status, body } = await send('POST', '/api/v1/auth/sessions', { body: request });
    expect(status).toBe(201);
    // It replaced its own session: one device, one session.
    expect(body['activeSessions']).toBe(1);
  });

  it('refuses everything of the old one once it is no fallback any more', async () => {
    const without = await startBeside(before, { SECRET_KEY: newKey });
    try {
      const send = sender(without.address);
      const headers = { authorization: `Bearer ${bruno.accessToken}` };
      const opened = await send('GET', '/api/v1/me', { headers });
      const refreshed = await send('POST', '/api/v1/auth/refresh', { body: { refreshToken: bruno.refreshToken } });
      expect(tally([opened, refreshed])).toEqual({ '401 invalid_token': 2 });
    } finally {
      await without.stop();
    }
  });
});
