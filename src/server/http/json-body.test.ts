import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { contracts } from '../../shared/contracts/index.ts';
import type { RouteContract } from '../../shared/contracts/route.ts';
import { type Send, sender, tally } from '../features/auth/testing/requests.ts';
import { parseJsonBody } from './json-body.ts';
import { HttpProblem } from './problem.ts';
import { ask } from './testing/speak.ts';

/** Milliseconds of processor time, independent of what else runs on this machine. */
function processorTime(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const read = (text: string | Uint8Array): unknown => {
  try {
    return parseJsonBody(typeof text === 'string' ? Buffer.from(text) : text);
  } catch (error) {
    if (error instanceof HttpProblem) return error.code;
    throw error;
  }
};

const names = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`nome${'x'.repeat(40)}${String(n)}`, 1])));
const yardstick = names(19_000);

describe('a body in JSON', () => {
  it('is read as JSON.parse reads it', () => {
    const value = { a: [1, { b: null, c: 'x":,{}[]\\' }], d: { a: 1 }, '': true, 'é\n"': '\u2028', e: [[], {}] };
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2), `\ufeff${JSON.stringify(value)}`])
      expect(read(text)).toEqual(value);
    for (const text of ['1', 'null', '"a:b"', '[]', ' {} ']) expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"b":{"a":1,"x":[],"a":2}}',
    '[{},{"a":{},"a":{}}]',
    '{"a":{"b":1},"c":2,"a":3}',
    '{"":1,"":2}',
    '{"\\"":1,"\\u0022":2}',
  ])('names nothing twice: %s', (text) => {
    expect(read(text)).toBe('repeated_name');
  });

  it.each([
    '{"__proto__":1}',
    '{"a":{"\\u005f_proto__":{}}}',
    '{"__proto__":1,"__proto__":2}',
    '{"constructor":{"prototype":{}}}',
  ])('reaches no prototype: %s', (text) => {
    expect(['bad_request', 'repeated_name']).toContain(read(text));
  });

  it.each(['{', '{"a"}', '{a:1}', '"', '"\\"', ' ', '[1,]', '{"a":1}}', '\\', '{"a":"\u0000"}', "{'a':1}", 'NaN'])(
    'is JSON: %j',
    (text) => {
      expect(read(text)).toBe('bad_request');
    },
  );

  it('is UTF-8 to the last byte', () => {
    const text = '{"firstName":"Janaína"}';
    for (const bytes of [
      Buffer.from(text, 'latin1'),
      Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'),
      Buffer.from('{"a":"\xc0\xaf"}', 'latin1'),
      Buffer.from(text).subarray(0, 19),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
    ])
      expect(read(bytes)).toBe('not_utf8');
    expect(read(Buffer.from(text, 'utf16le'))).not.toEqual(JSON.parse(text));
  });

  it('has bounds: values, and levels', () => {
    expect(read(`[${'1,'.repeat(20_000)}1]`)).toBe('payload_too_large');
    expect(read(`${'['.repeat(33)}${']'.repeat(33)}`)).toBe('payload_too_large');
    expect(read('{"a":'.repeat(500_000))).toBe('payload_too_large');
    expect(read(`[${'1,'.repeat(15_000)}1]`)).toHaveLength(15_001);
  });

  it.each([
    ['quotes and backslashes', '"' + '\\"'.repeat(500_000)],
    ['one long text', JSON.stringify({ a: 'x'.repeat(1_000_000) })],
    ['19,000 names', names(19_000)],
    ['open brackets', '['.repeat(1_000_000)],
    ['colons', ':'.repeat(1_000_000)],
  ])('a megabyte of %s is read in a moment', (_, text) => {
    const bytes = Buffer.from(text);
    const best = (work: () => unknown) => Math.min(...Array.from({ length: 5 }, () => processorTime(work)));
    // A busy machine is slower at everything, JSON.parse included: compare with that.
    expect(best(() => read(bytes))).toBeLessThan(Math.max(50, 10 * best(() => JSON.parse(yardstick) as unknown)));
  });
});

describe('over HTTP', () => {
  let server: TestServer;
  let send: Send;
  let ana: SignedIn;
  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('corpos.test');
    send = sender(server.address);
    ana = await server.signIn('ana@corpos.test');
  });
  afterAll(() => server.stop());

  const bearer = () => ({ authorization: `Bearer ${ana.accessToken}` });
  const post = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/json', more = {}) => {
    const headers = { ...bearer(), ...more, 'content-type': type };
    const response = await fetch(`${server.address}/api/v1/clients`, { method: 'POST', headers, body });
    const answer = (await response.json()) as { code?: string; errors?: { path: string; code: string }[] };
    return [response.status, answer.code, ...(answer.errors ?? []).map(({ path, code }) => `${path}: ${code}`)];
  };
  const latin1 = Uint8Array.from(Buffer.from('{"firstName":"Janaína"}', 'latin1'));

  it('a name in Latin-1 is refused, said or not, and nothing is stored', async () => {
    for (const charset of ['latin1', 'ISO-8859-1', '"windows-1252"', 'utf-16', 'utf-16le', 'x'])
      expect([charset, ...(await post(latin1, `application/json; charset=${charset}`))]).toEqual([
        charset,
        415,
        'unsupported_media_type',
      ]);
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"'])
      expect(await post(latin1, type)).toEqual([400, 'not_utf8']);
    expect((await ana.api('GET /clients')).body.items).toEqual([]);
  });

  it('a compressed body is refused, and told what is taken', async () => {
    const headers = { ...bearer(), 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await send('POST', '/api/v1/clients', { headers, body: { firstName: 'Ana' } });
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(await post('{"firstName":""}', 'application/json', { 'content-encoding': 'identity' })).toContain(422);
  });

  it('a form where none is taken is no empty body', async () => {
    const headers = { ...bearer(), 'content-type': 'multipart/form-data; boundary=x' };
    for (const path of ['/clients', '/auth/refresh', '/clients/0199c000-0000-7000-8000-000000000000/restore'])
      expect(tally([await send('POST', `/api/v1${path}`, { headers, body: '--x--\r\n' })])).toEqual({
        '415 unsupported_media_type': 1,
      });
  });

  it('letters that were lost before, and halves of letters, are refused wherever text goes', async () => {
    const damaged = (path: string) => [422, 'invalid_request', `${path}: damaged_text`];
    expect(await post('{"firstName":"Jana�na"}')).toEqual(damaged('firstName'));
    expect(await post('{"firstName":"Jana\\ufffdna"}')).toEqual(damaged('firstName'));
    expect(await post('{"firstName":"A","address":{"street":"S�o"}}')).toEqual(damaged('address.street'));
    expect(await post('{"firstName":"A","tags":["caf�"]}')).toEqual(damaged('tags.0'));
    expect(await post('{"firstName":"A","extra":{"Observa��o":"x"}}')).toContain(422);
    for (const half of ['\\ud800', '\\udc00x', 'a\\udfff'])
      expect((await post(`{"firstName":"${half}"}`))[0]).toBe(422);
    for (const query of ['q=Jana%EF%BF%BDna', 'tag=caf%EF%BF%BD', 'city=%EF%BF%BD'])
      expect(tally([await send('GET', `/api/v1/clients?${query}`, { headers: bearer() })])).toEqual({
        '422 invalid_request': 1,
      });
    expect((await ana.api('GET /clients')).body.items).toEqual([]);
  });

  it('a query that is not percent-encoded UTF-8 is 400, a path like that is not there', async () => {
    for (const query of ['q=%ff', 'q=%', 'q=%zz', 'q=Jos%e9', 'q=%c0%af', 'q=%ed%a0%80', 'q=%u00e9', '%ff=1'])
      expect([query, tally([await send('GET', `/api/v1/clients?${query}`, { headers: bearer() })])]).toEqual([
        query,
        { '400 bad_request': 1 },
      ]);
    const lines = [
      'GET /api/v1/clients?q=Jos\xe9 HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${ana.accessToken}`,
    ];
    expect((await ask(server.address, lines)).status).toBe(400);
    for (const path of ['clients/%ff', 'clients/%zz', 'clients/%', 'clients/Jos%e9', '%ff'])
      expect(tally([await send('GET', `/api/v1/${path}`, { headers: bearer() })])).toEqual({ '404 not_found': 1 });
    expect((await send('GET', '/api/v1/clients?q=Jos%C3%A9+a%20b%2B', { headers: bearer() })).status).toBe(200);
  });

  it('a path that is not there is answered before its body, whatever that is', async () => {
    const head = (path: string) => [
      `POST /api/v1/${path} HTTP/1.1`,
      ...['Host: localhost', 'Content-Type: application/json', 'Content-Length: 60'],
    ];
    expect((await ask(server.address, head('nada'))).status).toBe(404);
    expect((await ask(server.address, head('healthz'))).status).toBe(404);
    expect((await ask(server.address, head('me'))).status).toBe(405);
  });

  it('errors are named twenty at a time, and briefly', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`campo${String(n)}`, 1]));
    for (const path of ['/auth/codes', '/clients']) {
      const answer = await send('POST', `/api/v1${path}`, { headers: bearer(), body: unknown });
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toHaveLength(20);
      expect(answer.body['moreErrors']).toBe(981);
      expect(answer.body.detail).toContain('981');
    }
    const long = await send('POST', '/api/v1/clients', {
      headers: { ...bearer(), 'accept-language': 'en' },
      body: { firstName: 'A', ['x'.repeat(900_000)]: 1 },
    });
    expect(long.status).toBe(422);
    expect(long.text.length).toBeLessThan(1000);
    expect(long.body).not.toHaveProperty('moreErrors');
  });

  const publicChanges = Object.entries<RouteContract>(contracts)
    .filter(([key, { access }]) => access === 'public' && !key.startsWith('GET'))
    .map(([key]) => key.replace('POST ', ''));
  const hostile: Readonly<Record<string, string>> = {
    'unknown names': `{${Array.from({ length: 60_000 }, (_, n) => `"nome${String(n)}":1`).join()}}`,
    'open brackets': '['.repeat(2 ** 20 - 1),
    'a name given twice': `{${'"email":"a@b.example",'.repeat(45_000)}"a":1}`,
    'one list': `[${'0,'.repeat(500_000)}0]`,
    'one long name': `{"${'x'.repeat(1_000_000)}":1}`,
  };

  /** Sends a body. @returns the answer, and the milliseconds of processor time for sending and answering */
  const sendHostile = async (path: string, body: string, isChunked: boolean) => {
    const before = process.threadCpuUsage();
    const response = await fetch(`${server.address}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Without a length the server has to count the bytes as they arrive.
      ...(isChunked ? { body: new Blob([body]).stream(), duplex: 'half' } : { body }),
    }).catch(() => undefined);
    const text = (await response?.text()) ?? '';
    const { user, system } = process.threadCpuUsage(before);
    // The server may close the connection before a client that is still sending reads the answer.
    return { status: response?.status ?? 413, length: text.length, busy: (user + system) / 1000 };
  };

  it.each(publicChanges)('a megabyte for POST %s is refused in few words', async (path) => {
    for (const [name, body] of Object.entries(hostile))
      for (const isChunked of [false, true]) {
        const answer = await sendHostile(path, body, isChunked);
        expect([name, answer.status]).toEqual([name, 413]);
        expect(answer.length).toBeLessThan(1000);
      }
  });

  it.each(Object.entries(hostile))('a megabyte of %s holds up nobody', { timeout: 60_000 }, async (_, body) => {
    for (const isChunked of [false, true]) {
      let [busy, calm] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let attempt = 0; attempt < 3; attempt++) {
        busy = Math.min(busy, (await sendHostile('/auth/codes', body, isChunked)).busy);
        // For comparison: the same bytes to a path where nothing reads them.
        calm = Math.min(calm, (await sendHostile('/nada', body, isChunked)).busy);
      }
      const inTime = busy < Math.max(50, 3 * calm);
      expect([isChunked, inTime ? 'in time' : busy]).toEqual([isChunked, 'in time']);
    }
  });

  it('what is just small enough there is read and answered in a moment, too', async () => {
    const small = 16 * 1024;
    for (const body of [
      `{${Array.from({ length: 1500 }, (_, n) => `"a${String(n)}":1`).join()}}`.slice(0, small),
      '['.repeat(small),
      `[${'0,'.repeat(8000)}0]`,
    ]) {
      const started = performance.now();
      const { status, text } = await send('POST', '/api/v1/auth/codes', {
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(text.length).toBeLessThan(5000);
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
