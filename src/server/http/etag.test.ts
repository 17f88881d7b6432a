import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { etagOf, isUnchanged, parseIfMatch } from './etag.ts';
import { HttpProblem } from './problem.ts';

describe('If-Match (RFC 9110 section 13.1.1)', () => {
  it.each<[header: string, version: number, matches: boolean]>([
    ['"3"', 3, true],
    ['"3"', 4, false],
    ['*', 3, true],
    [' * ', 3, true],
    ['"1", "3"', 3, true],
    ['"1","3" ,"4"', 3, true],
    // As nginx, CloudFront, Cloudflare, Fastly, Apache and Jetty change the tag of what they compress.
    ['W/"3"', 3, true],
    ['"3-gzip"', 3, true],
    ['"3-br"', 3, true],
    ['"3-zstd"', 3, true],
    ['"3;gzip"', 3, true],
    ['"3--gzip"', 3, true],
    ['W/"3-br"', 3, true],
    ['W/"1", W/"3-gzip"', 3, true],
    ['W/"3"', 4, false],
    ['"13-gzip"', 3, false],
    ['"3-gzip"', 13, false],
    ['w/"3"', 3, false],
    ['W/ "3"', 3, false],
    ['"3-nada"', 3, false],
    ['"3-gzip-gzip"', 3, false],
    ['"-3"', 3, false],
    ['"3.0"', 3, false],
    ['"0x3"', 3, false],
    ['W/*', 3, false],
    ['"3" "4"', 3, false],
    ['3', 3, false],
    ['"03"', 3, false],
    ['"3', 3, false],
    ['"*"', 3, false],
    ['"3 "', 3, false],
  ])('%s for version %i: %s', (header, version, matches) => {
    expect(parseIfMatch(header)(version)).toBe(matches);
  });

  it('accepts the tag that was given out', () => {
    expect(parseIfMatch(etagOf(41))(41)).toBe(true);
  });

  it.each([undefined, '', '  '])('is needed: %j', (header) => {
    expect(() => parseIfMatch(header)).toThrow(HttpProblem);
  });
});

describe('If-None-Match (RFC 9110 section 13.1.2)', () => {
  it.each<[header: string | undefined, etag: string, unchanged: boolean]>([
    [undefined, '"a"', false],
    ['', '"a"', false],
    ['"a"', '"a"', true],
    ['"b"', '"a"', false],
    ['"ba"', '"a"', false],
    ['"b", "a"', '"a"', true],
    ['"b","a" ,"c"', '"a"', true],
    ['*', '"a"', true],
    [' * ', '"a"', true],
    ['"*"', '"a"', false],
    // Weak tags count like strong ones.
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['W/"b", W/"a"', 'W/"a"', true],
    ['W/"11"', 'W/"1"', false],
    ['"a-gzip"', '"a"', true],
    ['W/"a--br"', '"a"', true],
    ['"a-b"', '"a"', false],
    ['"b,a"', '"a"', false],
    ['"b,a", "c"', '"b,a"', true],
    ['""', '""', true],
    ['a', '"a"', false],
    ['w/"a"', '"a"', false],
    ['x"a"', '"a"', false],
    ['"b" "a"', '"a"', false],
    ['"a', '"a"', false],
  ])('%s while it is %s: %s', (header, etag, unchanged) => {
    expect(isUnchanged(header, etag)).toBe(unchanged);
  });
});

describe('through proxies that rewrite tags', () => {
  let server: TestServer;
  let ana: SignedIn;
  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('etags.test');
    ana = await server.signIn('ana@etags.test');
  });
  afterAll(() => server.stop());

  const rewritten: readonly (readonly [string, (tag: string) => string])[] = [
    ['weak', (tag) => `W/${tag}`],
    ['with a coding', (tag) => tag.replace(/"$/, '-gzip"')],
    ['weak, with a coding', (tag) => `W/${tag.replace(/"$/, '--br"')}`],
  ];

  it.each(rewritten)('a change is made once: %s', async (_, rewrite) => {
    const made = await ana.api('POST /clients', { body: { firstName: 'Ana' } });
    const change = (firstName: string) =>
      ana.api('PATCH /clients/{id}', {
        params: { id: made.body.id },
        headers: { 'if-match': rewrite(made.etag ?? '') },
        body: { firstName },
      });
    expect((await change('Bia')).body.firstName).toBe('Bia');
    await expect(change('Caio')).rejects.toMatchObject({ status: 412 });
  });

  it.each(rewritten)('two records are merged: %s', async (_, rewrite) => {
    const [winner, loser] = await Promise.all(
      ['Davi', 'Davi'].map((firstName) => ana.api('POST /clients', { body: { firstName } })),
    );
    const body = {
      winnerId: winner?.body.id ?? '',
      loserId: loser?.body.id ?? '',
      winnerEtag: rewrite(winner?.etag ?? ''),
      loserEtag: rewrite(loser?.etag ?? ''),
    };
    expect((await ana.api('POST /duplicates/merge', { body })).status).toBe(200);
  });

  it('a read is answered in full, whatever was seen before', async () => {
    const { body, etag = '' } = await ana.api('POST /clients', { body: { firstName: 'Eva' } });
    for (const tag of [etag, `W/${etag}`, '*']) {
      const headers = { 'if-none-match': tag };
      expect((await ana.api('GET /clients/{id}', { params: { id: body.id }, headers })).body.id).toBe(body.id);
    }
  });
});
