import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findFreePort } from '../../../embedded-database/server.ts';
import { readRetryAfter } from './retry-after.ts';
import { RemoteHttp } from './remote-http.ts';
import { listen, problemOf, send, token } from './testing/remote-system.ts';

describe('one origin', () => {
  const ask = (origin: string, options: Partial<ConstructorParameters<typeof RemoteHttp>[1]> = {}) => {
    const http = new RemoteHttp(origin, { notify: () => undefined, attempts: 3, pauseMilliseconds: 1, ...options });
    http.authorize(token);
    return http;
  };

  it('follows its own redirects, and none to another host', async () => {
    const other = await listen((_, response) => {
      send(response, 200, []);
    });
    const { origin, asked } = await listen((_, response, url) => {
      const to: Record<string, string> = { '/old': '/new?x=1', '/away': `${other.origin}/`, '/round': '/round' };
      const location = to[url.pathname];
      if (location === undefined) send(response, 200, { at: url.pathname });
      else response.writeHead(302, { location }).end();
    });
    expect((await ask(origin).ask({ path: '/old' })).json).toEqual({ at: '/new' });
    expect(asked).toEqual(['GET /old', 'GET /new?x=1']);
    expect(await problemOf(ask(origin).ask({ path: '/away' }))).toContain(`redirects to ${other.origin}`);
    expect(await problemOf(ask(origin).ask({ path: '/round' }))).toContain('in a circle');
    // A redirect that turns the sign-in into GET would lose its body.
    expect(await problemOf(ask(origin).ask({ method: 'POST', path: '/old', body: {} }))).toContain('check --api-base');
    expect(other.asked).toEqual([]);
  });

  it('gives up after some tries, saying why', async () => {
    const { origin, asked } = await listen((_, response) => {
      response.writeHead(502).end();
    });
    expect(await problemOf(ask(origin).ask({ path: '/' }))).toContain(`${origin} answered 502, 3 times`);
    expect(asked).toHaveLength(3);
    const closed = `http://127.0.0.1:${String(await findFreePort())}`;
    expect(await problemOf(ask(closed).ask({ path: '/' }))).toMatch(/did not answer: .*ECONNREFUSED.*3 times/);
    expect(await problemOf(ask('http://nowhere.invalid').ask({ path: '/' }))).toMatch(
      /did not answer: .*ENOTFOUND[^,]*\. /,
    );
  });

  it('waits for nobody who says nothing, before an answer or within it', async () => {
    const { origin, asked } = await listen((_, response, url) => {
      if (url.pathname === '/half') response.writeHead(200, { 'content-type': 'application/json' }).write('[');
    });
    for (const path of ['/none', '/half'])
      expect(await problemOf(ask(origin, { silenceMilliseconds: 100, attempts: 2 }).ask({ path }))).toContain(
        'nothing came for',
      );
    expect(asked).toHaveLength(4);
  });

  it('takes no answer without end, however small it was packed', async () => {
    const { origin } = await listen((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')));
    });
    expect(await problemOf(ask(origin, { answerBytes: 1024 * 1024 }).ask({ path: '/' }))).toContain('more than 1 MB');
  });
});

describe('Retry-After', () => {
  it('is seconds or a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(readRetryAfter('120', now)).toBe(120_000);
    expect(readRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(readRetryAfter('Wed, 31 Dec 2025 23:00:00 GMT', now)).toBe(0);
    expect(readRetryAfter('soon', now)).toBeUndefined();
    expect(readRetryAfter(null, now)).toBeUndefined();
  });
});
