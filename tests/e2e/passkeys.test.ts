import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext } from '../support/browser.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { virtualAuthenticator } from './passkey-device.ts';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls the API from a page of the server, with its cookies. */
const call = (page: Page, method: string, path: string, body?: unknown): Promise<Answer> =>
  page.evaluate(
    async ({ method, path, body }) => {
      const response = await fetch(`/api/v1${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
    { method, path, body },
  );

/** Calls `navigator.credentials.create` with the server's options. @returns the credential as JSON */
const createPasskey = (page: Page, options: Record<string, unknown>): Promise<unknown> =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json as never);
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return credential.toJSON();
  }, options);

const usePasskey = (page: Page, options: Record<string, unknown>): Promise<unknown> =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json as never);
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    return credential.toJSON();
  }, options);

describe('a passkey in Chromium', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let devtools: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '10' });
    await server.createClinic('chromium.test');
    browser = await launchBrowser();
    context = await openContext(browser, 'computer', { baseURL: server.address });
    page = await context.newPage();
    await page.goto('/healthz');
    devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    ({ authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', virtualAuthenticator));
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const device = (id: string) => ({ id, name: 'Notebook' });

  it('is added after signing in by code, and then signs in without an e-mail', async () => {
    const email = 'ana@chromium.test';
    const code = await server.fetchCode(email);
    const byCode = await call(page, 'POST', '/auth/sessions', {
      email,
      code,
      device: device('chromium-1'),
      transport: 'cookie',
    });
    expect(byCode.status).toBe(201);

    const { body: options } = await call(page, 'POST', '/auth/passkeys/options');
    const added = await call(page, 'POST', '/auth/passkeys', {
      name: 'Chaveiro do notebook',
      credential: await createPasskey(page, options),
    });
    expect(added).toMatchObject({ status: 201, body: { name: 'Chaveiro do notebook', lastUsedAt: null } });
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

    expect((await call(page, 'DELETE', '/auth/sessions/current')).status).toBe(204);
    expect((await call(page, 'GET', '/me')).status).toBe(401);

    const { body: request } = await call(page, 'POST', '/auth/passkey-sessions/options');
    const credential = await usePasskey(page, request);
    const signIn = { credential, device: device('chromium-1'), transport: 'cookie' };
    const byPasskey = await call(page, 'POST', '/auth/passkey-sessions', signIn);
    expect(byPasskey).toMatchObject({ status: 201, body: { professional: { email }, activeSessions: 1 } });
    expect(JSON.stringify(byPasskey.body)).not.toMatch(/accessToken|refreshToken/);
    expect((await call(page, 'GET', '/me')).body['email']).toBe(email);

    expect(await call(page, 'POST', '/auth/passkey-sessions', signIn)).toMatchObject({
      status: 401,
      body: { code: 'invalid_passkey' },
    });
    expect((await call(page, 'GET', '/auth/passkeys')).body['items']).toMatchObject([
      { id: added.body['id'], name: 'Chaveiro do notebook' },
    ]);
  });

  it('is not made twice on one authenticator', async () => {
    const { body: options } = await call(page, 'POST', '/auth/passkeys/options');
    await expect(createPasskey(page, options)).rejects.toThrow(/InvalidStateError|excluded|already/i);
  });

  it('is not offered to sign in where the person could not be verified', async () => {
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    const { body: request } = await call(page, 'POST', '/auth/passkey-sessions/options');
    await expect(usePasskey(page, { ...request, timeout: 2000 })).rejects.toThrow(/NotAllowedError|not allowed/i);
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  });

  it('opens nothing once removed, though the browser still has it', async () => {
    const { body } = await call(page, 'GET', '/auth/passkeys');
    const [passkey] = body['items'] as { id: string }[];
    expect((await call(page, 'DELETE', `/auth/passkeys/${passkey?.id ?? ''}`)).status).toBe(204);
    const { body: request } = await call(page, 'POST', '/auth/passkey-sessions/options');
    const refused = await call(page, 'POST', '/auth/passkey-sessions', {
      credential: await usePasskey(page, request),
      device: device('chromium-1'),
      transport: 'cookie',
    });
    expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_passkey' } });
  });
});
