import { describe, expect, it } from 'vitest';
import { startTestServer } from '../../../tests/support/server.ts';
import { sender } from '../features/auth/testing/requests.ts';
import { readForwardedScheme } from './forwarded-scheme.ts';

describe('X-Forwarded-Proto', () => {
  it.each<[header: string | string[] | undefined, hops: number, scheme: string]>([
    ['https', 1, 'https'],
    ['HTTPS', 1, 'https'],
    [' https ', 1, 'https'],
    ['https,http', 2, 'https'],
    ['https, https', 2, 'https'],
    ['https,,http,', 2, 'https'],
    [['https', 'http'], 2, 'https'],
    ['https', 2, 'https'],
    // Items that our proxies did not write do not count.
    ['https,http', 1, 'http'],
    ['https,http,http', 2, 'http'],
    ['http,https', 2, 'http'],
    ['https', 0, 'http'],
    ['', 1, 'http'],
    [',', 1, 'http'],
    ['wss', 1, 'http'],
    [undefined, 1, 'http'],
  ])('%j with %i proxies is %s', (header, hops, scheme) => {
    expect(readForwardedScheme(header, hops)).toBe(scheme);
  });

  it('leads a request that came by https through two proxies nowhere', async () => {
    const server = await startTestServer({ SECURE_SSL_REDIRECT: 'True', TRUSTED_PROXY_HOPS: '2' });
    try {
      const send = sender(server.address);
      const status = async (proto: string) =>
        (await send('GET', '/api/v1/me', { headers: { 'x-forwarded-proto': proto } })).status;
      for (const proto of ['https,http', 'https, https', 'HTTPS,http', 'https', 'https,,http,'])
        expect([proto, await status(proto)]).toEqual([proto, 401]);
      for (const proto of ['http,http', 'http', 'https,http,http'])
        expect([proto, await status(proto)]).toEqual([proto, 308]);
    } finally {
      await server.stop();
    }
  });
});
