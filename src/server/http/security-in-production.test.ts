import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCookieHeader, signInWithCookies } from '../../../tests/support/browser-session.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { mailedCode, type RawAnswer, type Send, sender } from '../features/auth/testing/requests.ts';
import { speak } from './testing/speak.ts';

const evil = 'https://evil.example';

describe('with the settings of production', () => {
  const origin = 'https://app.clinica.example';
  let server: TestServer;
  let send: Send;
  const https = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.5' };

  beforeAll(async () => {
    server = await startTestServer({
      SECURE_SSL_REDIRECT: 'True',
      SESSION_COOKIE_SECURE: 'True',
      SECURE_HSTS_SECONDS: '31536000',
      SECURE_HSTS_INCLUDE_SUBDOMAINS: 'True',
      SECURE_HSTS_PRELOAD: 'True',
      TRUSTED_PROXY_HOPS: '1',
      CORS_ALLOWED_ORIGINS: origin,
      CSRF_TRUSTED_ORIGINS: 'https://painel.clinica.example',
    });
    await server.createClinic('https.test');
    send = sender(server.address);
  });
  afterAll(() => server.stop());

  it('sends http to https, health checks aside', async () => {
    const path = '/api/v1/clients?q=a%20b';
    const plain = await send('GET', path);
    expect(plain.status).toBe(308);
    expect(plain.headers.get('location')).toBe(`https://${new URL(server.address).host}${path}`);
    expect((await send('GET', path, { headers: { 'x-forwarded-proto': 'http' } })).status).toBe(308);
    expect((await send('GET', path, { headers: https })).status).toBe(401);
    for (const probe of ['/healthz', '/readyz', '/healthz?x=1']) expect((await send('GET', probe)).status).toBe(200);
    const elsewhere = await speak(server.address, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(elsewhere).toMatch(/^HTTP\/1\.1 400 /);
    expect(elsewhere).not.toMatch(/^location:/im);
  });

  it('says HSTS on every answer', async () => {
    const answers = [
      await send('GET', '/api/v1/me', { headers: https }),
      await send('GET', '/api/v1/nada', { headers: https }),
      await send('GET', '/healthz'),
    ];
    for (const { headers } of answers)
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains; preload');
  });

  it('lets exactly the configured origins read answers', async () => {
    const allowed = await send('GET', '/api/v1/me', { headers: { ...https, origin } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('vary')).toMatch(/\borigin\b/i);
    // Not a preflight, as it names no method: answered, not refused in a form of the framework's own.
    const asked = await send('OPTIONS', '/api/v1/me', { headers: { ...https, origin } });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    const lookAlikes = [
      'null',
      'http://app.clinica.example',
      'https://app.clinica.example.evil.example',
      'https://evil-app.clinica.example',
      'https://app.clinica.example:8443',
      'https://app.clinica.exampl',
      'https://clinica.example',
      'https://APP.clinica.example.',
      'https://painel.clinica.example',
    ];
    for (const other of lookAlikes)
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { ...https, origin: other, 'access-control-request-method': 'POST' };
        const answer = await send(method, '/api/v1/me', { headers });
        const cors = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
        expect([other, method, cors]).toEqual([other, method, []]);
      }
  });

  it('answers the preflight of a configured origin', async () => {
    const headers = {
      ...https,
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'content-type,if-match',
    };
    const answer = await send('OPTIONS', '/api/v1/me', { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-headers')).toContain('if-match');
  });

  it('takes changes with cookies from the own and the trusted origins alone', async () => {
    const own = `https://${new URL(server.address).host}`;
    const refresh = (from: string) => send('POST', '/api/v1/auth/refresh', { headers: { ...https, origin: from } });
    for (const trusted of [own, origin, 'https://painel.clinica.example'])
      expect((await refresh(trusted)).status).toBe(401);
    for (const other of [own.replace('https', 'http'), evil, 'https://clinica.example'])
      expect((await refresh(other)).status).toBe(403);
  });

  it('pins its cookies to the host and to https, out of reach for scripts, gone with their time', async () => {
    const secure: Send = (method, path, request) =>
      send(method, path, { ...request, headers: { ...https, ...request?.headers } });
    const email = 'ana@https.test';
    const asked = await secure('POST', '/api/v1/auth/codes', { body: { email } });
    const code = await mailedCode(secure, email);
    const signedIn = await secure('POST', '/api/v1/auth/sessions', {
      body: { email, code, device: { id: 'navegador' }, transport: 'cookie' },
    });
    const attributes = (answer: RawAnswer) => answer.cookies.map((cookie) => cookie.replace(/=[^;]+;/, ';'));
    expect(attributes(asked)).toEqual([
      '__Host-acolhe_code_request; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=None',
    ]);
    expect(attributes(signedIn)).toEqual([
      '__Host-acolhe_access; Max-Age=36000; Path=/; HttpOnly; Secure; SameSite=None',
      '__Host-acolhe_refresh; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=None',
    ]);
    const opened = await secure('GET', '/api/v1/me', { headers: { cookie: toCookieHeader(signedIn) } });
    expect(opened.status).toBe(200);
  });
});

describe('cookies of a web app on the same site', () => {
  it.each([
    ['False', ['acolhe_access; Max-Age=36000; Path=/; HttpOnly; SameSite=Lax']],
    ['True', ['__Host-acolhe_access; Max-Age=36000; Path=/; HttpOnly; Secure; SameSite=Lax']],
  ])('are Lax, with SESSION_COOKIE_SECURE=%s', async (secureOnly, expected) => {
    const server = await startTestServer({ SESSION_COOKIE_SECURE: secureOnly });
    try {
      await server.createClinic('lax.test');
      const { cookies } = await signInWithCookies(server, sender(server.address), 'ana@lax.test');
      expect(cookies.slice(0, 1).map((cookie) => cookie.replace(/=[^;]+;/, ';'))).toEqual(expected);
    } finally {
      await server.stop();
    }
  });
});
