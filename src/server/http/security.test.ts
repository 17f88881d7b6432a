import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCookieHeader, signInWithCookies } from '../../../tests/support/browser-session.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { type Send, sender, tally } from '../features/auth/testing/requests.ts';
import { speak } from './testing/speak.ts';

const evil = 'https://evil.example';

describe('over plain http, in development', () => {
  let server: TestServer;
  let send: Send;
  let bruno: SignedIn;
  let cookie: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('portas.test');
    send = sender(server.address);
    bruno = await server.signIn('bruno@portas.test');
    cookie = toCookieHeader(await signInWithCookies(server, send, 'ana@portas.test'));
  });
  afterAll(() => server.stop());

  const asBruno = () => ({ authorization: `Bearer ${bruno.accessToken}` });

  describe('headers', () => {
    it('are on 200, 400, 401, 404, 405, 413 and 500 alike', async () => {
      const database = new pg.Client(server.database.url);
      await database.connect();
      await database.query('alter table client_versions rename to client_versions_away');
      const { body: client } = await bruno.api('GET /me');
      const answers = [
        await send('GET', '/api/v1/me', { headers: asBruno() }),
        await send('POST', '/api/v1/auth/codes', { headers: { 'content-type': 'application/json' }, body: '{' }),
        await send('GET', '/api/v1/me'),
        await send('GET', '/api/v1/nada'),
        await send('GET', '/nada.js'),
        await send('PUT', '/api/v1/me'),
        await send('POST', '/api/v1/auth/codes', { body: { email: 'x'.repeat(2 ** 21) } }),
        await send('GET', '/healthz'),
        await send('POST', '/api/v1/clients', {
          headers: asBruno(),
          body: { firstName: 'Ana', professionalId: client.id },
        }),
      ];
      await database.query('alter table client_versions_away rename to client_versions');
      await database.end();
      expect(answers.map(({ status }) => status)).toEqual([200, 400, 401, 404, 404, 405, 413, 200, 500]);
      for (const { headers } of answers) {
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('same-origin');
        expect(headers.get('x-frame-options')).toBe('DENY');
        const policy = headers.get('content-security-policy') ?? '';
        const directives = new Map(policy.split(';').map((part) => [part.split(' ')[0], part] as const));
        for (const name of ['script-src', 'style-src']) expect(directives.get(name)).toBe(`${name} 'self'`);
        for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
          expect(directives.get(name)).toBe(`${name} 'none'`);
      }
    });

    it('keep personal data, and the refusal of it, out of caches', async () => {
      for (const path of ['/api/v1/me', '/api/v1/clients', '/api/v1/clients/export.csv', '/api/v1/nada'])
        expect((await send('GET', path, { headers: asBruno() })).headers.get('cache-control')).toBe('no-store');
      expect((await send('GET', '/api/v1/me')).headers.get('cache-control')).toBe('no-store');
    });
  });

  describe('a 500', () => {
    it('shows a request id that the log has, and nothing of the inside', async () => {
      const database = new pg.Client(server.database.url);
      await database.connect();
      await database.query('alter table clients rename column notes to notes_away');
      const answer = await send('POST', '/api/v1/clients', { headers: asBruno(), body: { firstName: 'Ana' } });
      await database.query('alter table clients rename column notes_away to notes');
      await database.end();
      expect(answer.status).toBe(500);
      expect(Object.keys(answer.body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
      expect(answer.text).not.toMatch(/notes|column|select|insert|\.ts|pg|postgres/i);
      const id = answer.body.requestId ?? '';
      const line = server.logs.find((text) => text.includes('request_failed') && text.includes(id));
      expect(line).toContain('notes');
    });
  });

  describe('another origin', () => {
    const change = { body: { firstName: 'Ana Maria' } };
    const patch = (headers: Record<string, string>, request: { body: unknown } = change) =>
      send('PATCH', '/api/v1/me', { ...request, headers: { cookie, 'if-match': '*', ...headers } });
    const own = () => new URL(server.address).origin;

    it('may not change anything with the cookies of a person; the own one may', async () => {
      const { port } = new URL(server.address);
      const others = [
        evil,
        'null',
        'file://',
        `${own()}.evil.example`,
        `http://evil.localhost:${port}`,
        `https://localhost:${port}`,
        'http://localhost',
      ];
      for (const origin of others)
        expect([origin, tally([await patch({ origin })])]).toEqual([origin, { '403 cross_origin': 1 }]);
      expect((await patch({ origin: own() })).status).not.toBe(403);
    });

    it('is known by Sec-Fetch-Site where there is no Origin', async () => {
      for (const site of ['cross-site', 'same-site'])
        expect((await patch({ 'sec-fetch-site': site })).status).toBe(403);
      expect((await patch({ 'sec-fetch-site': 'same-origin' })).status).not.toBe(403);
    });

    it('does not get in as a form or as text, whatever the body says it is', async () => {
      const forms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
      for (const type of [...forms, 'text/plain;application/json', 'application/jsonp', ''])
        for (const path of ['/api/v1/auth/refresh', '/api/v1/clients', '/api/v1/auth/sessions']) {
          const headers = { cookie, 'content-type': type };
          const answer = await send('POST', path, { headers, body: JSON.stringify({ firstName: 'Eva' }) });
          expect([type, path, answer.status]).toEqual([type, path, 403]);
        }
      const { body } = await send('GET', '/api/v1/clients', { headers: { cookie } });
      expect(body['items']).toEqual([]);
    });

    it('has nothing to misuse without cookies: who sends a file is asked to sign in', async () => {
      const form = new FormData();
      form.set('file', new Blob(['nome\nAna']), 'a.csv');
      const answer = await fetch(`${server.address}/api/v1/imports`, { method: 'POST', body: form });
      expect(answer.status).toBe(401);
    });

    it('may not sign a person out or refresh in their name', async () => {
      const out = await send('DELETE', '/api/v1/auth/sessions/current', { headers: { cookie, origin: evil } });
      const refreshed = await send('POST', '/api/v1/auth/refresh', { headers: { cookie, origin: evil } });
      expect(tally([out, refreshed])).toEqual({ '403 cross_origin': 2 });
      expect((await send('GET', '/api/v1/me', { headers: { cookie } })).status).toBe(200);
    });

    it('does not matter to a bearer token, which no browser sends by itself', async () => {
      const headers = { ...asBruno(), origin: evil };
      expect((await send('POST', '/api/v1/clients', { headers, body: { firstName: 'Rita' } })).status).toBe(201);
    });

    it('gets no CORS header, and its preflight no permission', async () => {
      const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
      for (const headers of [{ origin: evil }, { origin: 'null' }, { origin: evil, ...preflight }]) {
        const method = 'access-control-request-method' in headers ? 'OPTIONS' : 'GET';
        const answer = await send(method, '/api/v1/me', { headers: { ...headers, ...asBruno() } });
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    });
  });

  it('changes nothing on GET and HEAD, on any path', async () => {
    const database = new pg.Client(server.database.url);
    await database.connect();
    const state = async () =>
      (
        await database.query<Record<string, unknown>>(
          `select (select json_agg(c order by id) from clients c) as clients, (select json_agg(p order by id) from professionals p) as people,
             (select json_agg(json_build_object('id', id, 'ended', ended_at) order by id) from device_sessions) as sessions`,
        )
      ).rows;
    const before = await state();
    const paths = [
      'clients',
      'auth/codes',
      'auth/sessions',
      'auth/refresh',
      'auth/sessions/current',
      'me',
      'professionals',
    ];
    for (const path of paths)
      for (const method of ['GET', 'HEAD']) await send(method, `/api/v1/${path}`, { headers: asBruno() });
    expect(await state()).toEqual(before);
    await database.end();
  });

  it('takes a body without a byte for none, also when it is called JSON', async () => {
    const headers = { ...asBruno(), 'content-type': 'application/json' };
    const path = '/api/v1/auth/sessions/00000000-0000-7000-8000-000000000000';
    expect(tally([await send('DELETE', path, { headers })])).toEqual({ '404 not_found': 1 });
    expect(tally([await send('POST', '/api/v1/auth/refresh', { headers })])).toEqual({ '401 unauthenticated': 1 });
    expect(tally([await send('POST', '/api/v1/auth/codes', { headers })])).toEqual({ '422 invalid_request': 1 });
    expect(tally([await send('POST', '/api/v1/auth/codes', { headers, body: ' ' })])).toEqual({ '400 bad_request': 1 });
    const proto = '{"email":"ana@portas.test","__proto__":{"a":1}}';
    expect(tally([await send('POST', '/api/v1/auth/codes', { headers, body: proto })])).toEqual({
      '400 bad_request': 1,
    });
  });

  it('answers a garbled address of a proxy as any other', async () => {
    for (const text of ['unknown', "'; drop table clients; --", '999.1.1.1', ','])
      expect((await send('GET', '/api/v1/me', { headers: { ...asBruno(), 'x-forwarded-for': text } })).status).toBe(
        200,
      );
  });

  describe('too much', () => {
    it('is refused: bodies above 1 MiB, headers above 16 KiB, paths without end', async () => {
      const large = await send('POST', '/api/v1/clients', { headers: asBruno(), body: { notes: 'x'.repeat(2 ** 20) } });
      expect(tally([large])).toEqual({ '413 payload_too_large': 1 });
      const headers = await speak(
        server.address,
        `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
      );
      expect(headers).toMatch(/^HTTP\/1\.1 431 /);
      for (const id of ['a'.repeat(5000), '%zz', '%c0%ae', '%00', '..%2f..%2fetc'])
        expect(tally([await send('GET', `/api/v1/clients/${id}`, { headers: asBruno() })])).toEqual({
          '404 not_found': 1,
        });
    });

    it('cannot be said to be little: a body longer than announced is another request', async () => {
      const answer = await speak(
        server.address,
        'POST /api/v1/auth/codes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    });
  });

  it('hangs up on who speaks slowly, and serves others meanwhile', { timeout: 60_000 }, async () => {
    const ask = async () => {
      const asked = performance.now();
      for (let index = 0; index < 20; index++) expect((await send('GET', '/healthz')).status).toBe(200);
      return performance.now() - asked;
    };
    const calm = await ask();
    const slow = Array.from({ length: 200 }, () =>
      speak(server.address, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 30_000),
    );
    expect(await ask()).toBeLessThan(Math.max(5000, 10 * calm));
    const answers = await Promise.all(slow);
    expect(new Set(answers.map((answer) => answer.split('\r\n')[0]))).toEqual(
      new Set(['HTTP/1.1 408 Request Timeout']),
    );
  });
});
