import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCookieHeader, signInWithCookies } from '../../../tests/support/browser-session.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { contracts } from '../../shared/contracts/index.ts';
import { sender } from '../features/auth/testing/requests.ts';
import { ask } from './testing/speak.ts';

const id = '0199c000-0000-7000-8000-000000000000';
const paths = (isWanted: (method: string) => boolean) =>
  Object.keys(contracts)
    .map((key) => key.split(' ') as [string, string])
    .filter(([method]) => isWanted(method))
    .map(([method, path]) => [method, `/api/v1${path.replace(/\{\w+\}/g, id)}`] as const);
const changes = paths((method) => method !== 'GET');
const reads = paths((method) => method === 'GET').filter(([, path]) => !path.endsWith('/events'));

const encoded = (text: string) => text.replace(/./g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Other spellings of a path, by name. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'a letter encoded': (path) => path.replace('/api', '/%61pi'),
  'all letters encoded': (path) => path.replace(/[^/]+/g, encoded),
  'encoded in capitals': (path) => path.replace('/api', '/a%70%69').replace('v1', 'v%31'),
  'encoded twice': (path) => path.replace('/api', '/%2561pi'),
  'slashes encoded': (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
  'the first slash encoded': (path) => `/%2f${path.slice(1)}`,
  'two slashes before': (path) => `/${path}`,
  'two slashes within': (path) => path.replace('/v1/', '/v1//'),
  'slashes everywhere': (path) => path.replaceAll('/', '///'),
  'a slash at the end': (path) => `${path}/`,
  capitals: (path) => path.replace('/api', '/API'),
  'capitals at the end': (path) => path.toUpperCase(),
  'a dot segment': (path) => path.replace('/v1/', '/v1/x/../'),
  'a single dot': (path) => path.replace('/v1/', '/./v1/./'),
  'encoded dots': (path) => path.replace('/v1/', '/v1/x/%2e%2e/'),
  'dots before': (path) => `/entrar/../${path.slice(1)}`,
  parameters: (path) => `${path};a=1`,
  'parameters within': (path) => path.replace('/v1/', '/v1;a=1/'),
  backslashes: (path) => path.replace('/v1/', '\\v1\\'),
  'encoded backslashes': (path) => path.replace('/v1/', '/v1%5c'),
  'a fragment': (path) => `${path}#/healthz`,
  'a query that looks like a probe': (path) => `${path}?/healthz`,
  NUL: (path) => `${path}%00`,
  'NUL within': (path) => path.replace('/v1/', '/v1%00/'),
  'an encoded line break': (path) => `${path}%0d%0a`,
  'half an encoded letter': (path) => path.replace('/api', '/%6'),
  'overlong UTF-8': (path) => path.replace('/api', '/%c1%a1pi'),
  absolute: (path) => `http://localhost${path}`,
  'absolute, encoded': (path) => `HTTP://localhost/%61pi${path.slice(4)}`,
  'absolute, two slashes': (path) => `http://localhost/${path}`,
  'another scheme': (path) => `ftp://localhost${path}`,
};

describe('an operation is the same however its path is spelled, or it is not there', () => {
  let server: TestServer;
  let cookie: string;
  let origins: readonly string[];
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });

  beforeAll(async () => {
    // Browsers send these cookies from other sites too, so only the origin check protects.
    server = await startTestServer({
      SESSION_COOKIE_SECURE: 'True',
      CORS_ALLOWED_ORIGINS: 'https://app.clinica.example',
    });
    await server.createClinic('grafias.test');
    const { cookies } = await signInWithCookies(server, sender(server.address), 'ana@grafias.test');
    expect(cookies.join()).toContain('SameSite=None');
    cookie = toCookieHeader({ cookies } as Parameters<typeof toCookieHeader>[0]);
    const other = Number(new URL(server.address).port) + 1;
    origins = [`http://localhost:${String(other)}`, 'http://evil.example', 'null', 'http://localhost.evil.example'];
  });
  afterAll(async () => {
    agent.destroy();
    await server.stop();
  });

  const send = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; type: string; cache: string | undefined; cors: string[] }>((resolve, reject) => {
      const { port } = new URL(server.address);
      const options = { host: '127.0.0.1', port, agent, method, path, headers: { host: 'localhost', ...headers } };
      request(options, (answer) => {
        answer.resume().on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            cache: answer.headers['cache-control'],
            cors: Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
          });
        });
      })
        .on('error', reject)
        .end();
    });

  it.each(Object.entries(spellings))('%s: no change from another origin', { timeout: 120_000 }, async (name, spell) => {
    for (const [method, path] of changes) {
      const spelled = spell(path);
      const { status } = await send(method, spelled, { origin: 'http://localhost' });
      // 405: the spelling is another path with other methods, so there is nothing to change.
      const expected = status === 404 || status === 405 ? status : 403;
      if (name === 'as it is') expect(expected).toBe(403);
      for (const origin of origins) {
        const answer = await send(method, spelled, { cookie, origin });
        expect([method, spelled, origin, answer]).toEqual([
          method,
          spelled,
          origin,
          { status: expected, type: 'application/problem+json; charset=utf-8', cache: 'no-store', cors: [] },
        ]);
      }
    }
  });

  it.each(Object.entries(spellings))('%s: no answer that may be kept', { timeout: 60_000 }, async (_name, spell) => {
    for (const [method, path] of reads) {
      const { status, type, cache } = await send(method, spell(path), { cookie });
      // Outside /api it is the web app's page, which contains nobody's data.
      if (!type.startsWith('text/html')) expect([path, status, cache]).toEqual([path, status, 'no-store']);
    }
  });

  it('a body in any spelling is checked as well', { timeout: 120_000 }, async () => {
    const before = (await sender(server.address)('GET', '/api/v1/imports', { headers: { cookie } })).text;
    const form = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnome\r\nEva\r\n--x--\r\n';
    for (const spell of Object.values(spellings))
      for (const origin of origins) {
        const { status } = await ask(
          server.address,
          [
            `POST ${spell('/api/v1/imports')} HTTP/1.1`,
            'Host: localhost',
            `Origin: ${origin}`,
            `Cookie: ${cookie}`,
            'Content-Type: multipart/form-data; boundary=x',
            `Content-Length: ${String(form.length)}`,
          ],
          form,
        );
        expect([403, 404, 405]).toContain(status);
      }
    expect((await sender(server.address)('GET', '/api/v1/imports', { headers: { cookie } })).text).toBe(before);
  });

  it('an Authorization that a browser adds by itself is no proof', async () => {
    for (const authorization of ['Basic YTpi', 'Negotiate abc', 'Bearer', ''])
      for (const origin of origins) {
        const { status } = await send('POST', '/api/v1/auth/refresh', { cookie, origin, authorization });
        expect([authorization, status]).toEqual([authorization, 403]);
      }
  });
});
