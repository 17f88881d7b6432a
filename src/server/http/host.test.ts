import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { isAllowedHost, toOriginForm, parseHost } from './host.ts';
import { ask } from './testing/speak.ts';

describe('a host', () => {
  it.each([
    ['localhost', 'localhost', 'localhost'],
    ['LOCALHOST:3000', 'localhost', 'localhost:3000'],
    ['clinica.acolhe.example.', 'clinica.acolhe.example', 'clinica.acolhe.example.'],
    ['my_service:80', 'my_service', 'my_service:80'],
    ['xn--clnica-1va.example', 'xn--clnica-1va.example', 'xn--clnica-1va.example'],
    ['127.0.0.1:00080', '127.0.0.1', '127.0.0.1:80'],
    ['[::1]:3000', '[::1]', '[::1]:3000'],
    ['[0:0:0:0:0:0:0:1]', '[::1]', '[::1]'],
  ])('%s is read', (text, name, authority) => {
    expect(parseHost(text)).toEqual({ name, authority });
  });

  it.each([
    ...['', ':80', '.', '.acolhe.example', 'a..b', 'evil.example/.acolhe.example', 'evil.example?.acolhe.example'],
    ...['evil.example#.acolhe.example', 'evil.example\\.acolhe.example', 'x@a.acolhe.example', 'x:y@acolhe.example'],
    ...['evil.example .acolhe.example', 'a\t.acolhe.example', 'a%2eb.acolhe.example', 'a%00.acolhe.example'],
    ...['clínica.acolhe.example', 'a,b.acolhe.example', 'a;b.acolhe.example', "'.acolhe.example", '*.acolhe.example'],
    ...['localhost:', 'localhost:0', 'localhost:65536', 'localhost:99999999', 'localhost:-1', 'localhost:80a', 'a:1:2'],
    ...['0x7f.1', '127.1', '2130706433', '1.2.3.999', '[::1', '::1', '[::1]x', '[fe80::1%25eth0]', '[v1.x]', '[]'],
    ...[`${'a'.repeat(64)}.example`, 'a.'.repeat(200)],
  ])('%s is none', (text) => {
    expect(parseHost(text)).toBeUndefined();
  });

  it('is allowed by its name, by what it lies under, or by *', () => {
    const allows = (allowed: string, text: string) => isAllowedHost([allowed], parseHost(text) ?? expect.fail(text));
    for (const text of ['acolhe.example', 'a.acolhe.example:8443', 'A.B.acolhe.example.'])
      expect(allows('.acolhe.example', text)).toBe(true);
    for (const text of ['evilacolhe.example', 'acolhe.example.evil.example', 'example'])
      expect(allows('.acolhe.example', text)).toBe(false);
    expect(allows('acolhe.example.', 'acolhe.example')).toBe(true);
    expect(allows('acolhe.example', 'a.acolhe.example')).toBe(false);
    expect(allows('*', 'evil.example')).toBe(true);
    expect(allows('[::1]', '[0:0::1]:80')).toBe(true);
  });

  it('leaves the request target, whose path goes on', () => {
    expect(['http://a/b?c', 'HTTPS://a:1/b', 'http://a', 'http://a?b', '/http://a/b', '*'].map(toOriginForm)).toEqual([
      ...['/b?c', '/b', '/', '/?b', '/http://a/b', '*'],
    ]);
  });
});

describe('under a wildcard of names', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      ALLOWED_HOSTS: '.acolhe.example,localhost,[::1]',
      SECURE_SSL_REDIRECT: 'True',
      TRUSTED_PROXY_HOPS: '1',
    });
  });
  afterAll(() => server.stop());

  const https = 'X-Forwarded-Proto: https';
  const refused = { status: 400, type: 'application/problem+json; charset=utf-8', code: 'unknown_host' };
  const answerOf = async (lines: readonly string[]) => {
    const { status, head, body } = await ask(server.address, lines);
    expect(head).not.toMatch(/^location:/im);
    return {
      status,
      type: /^content-type: (.*)$/im.exec(head)?.[1],
      code: (JSON.parse(body) as { code: string }).code,
    };
  };

  it.each([
    ...['evil.example/.acolhe.example', 'evil.example?.acolhe.example', 'evil.example#.acolhe.example'],
    ...['evil.example\\.acolhe.example', 'x@evil.acolhe.example', 'evil.example:80@a.acolhe.example', ''],
    ...['evil .acolhe.example', 'clínica.acolhe.example', 'a.acolhe.example:99999', 'a%2f.acolhe.example', '[::1'],
    ...['evil.example', 'evilacolhe.example', 'a.acolhe.example, evil.example', '.acolhe.example', '..acolhe.example'],
  ])('Host: %s is refused, over http and https, and led nowhere', async (host) => {
    for (const path of ['/', '/api/v1/me', '/entrar'])
      for (const more of [[], [https]])
        expect(await answerOf([`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more])).toEqual(refused);
    const options = ['POST /api/v1/auth/passkey-sessions/options HTTP/1.1', `Host: ${host}`, https];
    expect(await answerOf([...options, 'Content-Length: 0'])).toEqual(refused);
  });

  it('two hosts, none, or another in the target are refused, also for probes', async () => {
    const good = 'Host: a.acolhe.example';
    for (const path of ['/api/v1/me', '/healthz'])
      for (const lines of [
        [`GET ${path} HTTP/1.1`, https],
        [`GET ${path} HTTP/1.1`, good, 'Host: evil.example', https],
        [`GET ${path} HTTP/1.1`, good, 'hOST: a.acolhe.example', https],
        [`GET http://evil.example${path} HTTP/1.1`, good, https],
        [`GET http://a.acolhe.example:81${path} HTTP/1.1`, good, https],
        [`GET http://x@a.acolhe.example${path} HTTP/1.1`, good, https],
        [`GET http://a.acolhe.example${path} HTTP/1.1`, 'Host:', https],
      ])
        expect([lines, await answerOf(lines)]).toEqual([lines, refused]);
    expect((await ask(server.address, ['OPTIONS /api/v1/me HTTP/1.1', 'Host: evil.example'])).status).toBe(400);
  });

  it('the target may name the same host, as proxies write it', async () => {
    const lines = ['GET HTTP://A.acolhe.example/api/v1/me HTTP/1.1', 'Host: a.acolhe.example', https];
    expect((await ask(server.address, lines)).status).toBe(401);
  });

  it('probes come to any address', async () => {
    for (const lines of [
      ['GET /healthz HTTP/1.1', 'Host: 10.0.0.7:3000'],
      ['GET /healthz HTTP/1.1', 'Host:'],
      ['GET /healthz HTTP/1.0'],
    ])
      expect((await ask(server.address, lines)).status).toBe(200);
  });

  it.each([
    ['a.acolhe.example', 'https://a.acolhe.example'],
    ['A.Acolhe.Example:80', 'https://a.acolhe.example'],
    ['a.acolhe.example:8080', 'https://a.acolhe.example:8080'],
    ['[0::1]:8080', 'https://[::1]:8080'],
  ])('%s is led to %s, whatever else names a host', async (host, origin) => {
    for (const path of ['/clientes?q=a', '//evil.example/x', '/\\evil.example', '/api/v1/me#x'])
      for (const more of [[], ['X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example;proto=https']]) {
        const { status, head } = await ask(server.address, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more]);
        expect([status, /^location: (.*)$/im.exec(head)?.[1]]).toEqual([308, `${origin}${path}`]);
      }
  });

  it('passkeys are made for the host alone', async () => {
    const head = ['POST /api/v1/auth/passkey-sessions/options HTTP/1.1', 'Host: A.acolhe.example:443', https];
    const { status, body } = await ask(server.address, [
      ...head,
      'Content-Length: 0',
      'X-Forwarded-Host: evil.example',
    ]);
    expect([status, (JSON.parse(body.replace(/^[\da-f]+\r\n/, '')) as { rpId: string }).rpId]).toEqual([
      200,
      'a.acolhe.example',
    ]);
  });
});
