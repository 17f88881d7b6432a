import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiError, createApiClient, type ApiClient, type ApiClientOptions } from './api-client.ts';

const id = '0199f0c0-0000-7000-8000-000000000001';

interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const empty = (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json').end('{}');
};

/** A client of a real server that notes each request and answers as told. */
async function startClient(
  answer: (response: ServerResponse) => void = empty,
  options: Partial<ApiClientOptions> = {},
) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const { method, url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call: ApiClient = createApiClient({ baseUrl, ...options });
  return { call, seen };
}

const problemOf = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError);
      return error as ApiError;
    },
  );

describe('requests', () => {
  it('go to the path of the contract below /api/v1', async () => {
    const { call, seen } = await startClient();
    await call('GET /clients/{id}', { params: { id } });
    await call('GET /clients');
    expect(seen.map(({ method, url }) => `${String(method)} ${url}`)).toEqual([
      `GET /api/v1/clients/${id}`,
      'GET /api/v1/clients',
    ]);
  });

  it('carry any parameter and query value so that the server reads the same', async () => {
    const { call, seen } = await startClient();
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(texts, texts, async (param, q) => {
        fc.pre(param !== '.' && param !== '..');
        await call('GET /clients/{id}', { params: { id: param } });
        await call('GET /clients', { query: { q, limit: 20 } });
        const [withParam, withQuery] = seen.slice(-2).map(({ url }) => new URL(url, 'http://x'));
        expect(decodeURIComponent(withParam?.pathname.split('/')[4] ?? '')).toBe(param);
        expect(withParam?.pathname.split('/')).toHaveLength(5);
        expect([...(withQuery?.searchParams.entries() ?? [])]).toEqual([
          ['q', q],
          ['limit', '20'],
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('leave out what is undefined or empty', async () => {
    const { call, seen } = await startClient();
    await call('GET /clients', { query: { q: '', city: undefined } });
    expect(seen[0]?.url).toBe('/api/v1/clients');
  });

  it.each(['', '.', '..'])('are not sent with %j in the path, which would be another operation', async (wrong) => {
    const { call, seen } = await startClient();
    await expect(call('DELETE /clients/{id}', { params: { id: wrong } })).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
  });

  it('carry a body as JSON, and no content type without one', async () => {
    const { call, seen } = await startClient();
    await call('POST /clients', { body: { firstName: 'Zoë 😀' } });
    await call('POST /clients/{id}/restore', { params: { id } });
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ firstName: 'Zoë 😀' });
    expect(seen[1]?.headers['content-type']).toBeUndefined();
    expect(seen[1]?.body).toBe('');
  });

  it('carry common headers, read anew each time, and their own over them', async () => {
    let token = 'one';
    const { call, seen } = await startClient(empty, {
      headers: () => ({ authorization: token, 'accept-language': 'en' }),
    });
    await call('GET /clients');
    token = 'two';
    await call('GET /clients', { headers: { 'accept-language': 'pt-BR' } });
    expect(seen.map(({ headers }) => [headers.authorization, headers['accept-language']])).toEqual([
      ['one', 'en'],
      ['two', 'pt-BR'],
    ]);
  });

  it('can be given up', async () => {
    const { call } = await startClient(() => undefined);
    await expect(call('GET /clients', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i);
  });
});

describe('answers', () => {
  it('bring body, status and ETag', async () => {
    const { call } = await startClient((response) => {
      response.writeHead(200, { 'content-type': 'application/json', etag: '"7"' }).end(`{"id":"${id}"}`);
    });
    expect(await call('GET /clients/{id}', { params: { id } })).toMatchObject({
      status: 200,
      etag: '"7"',
      body: { id },
    });
  });

  it('may be empty or a file', async () => {
    const nothing = await startClient((response) => response.writeHead(204).end());
    expect((await nothing.call('DELETE /clients/{id}', { params: { id } })).body).toBeUndefined();
    const file = await startClient((response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('a;b'));
    expect((await file.call('GET /clients/export.csv')).body).toBe('a;b');
  });

  it('that are problems are thrown as they came', async () => {
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 409,
      code: 'duplicate_phone',
      detail: 'já é de outro',
      client: { id },
    };
    const { call } = await startClient((response) => {
      response
        .writeHead(409, { 'content-type': 'application/problem+json; charset=utf-8' })
        .end(JSON.stringify(problem));
    });
    const error = await problemOf(call('POST /clients', { body: { firstName: 'Ana' } }));
    expect(error).toMatchObject({ status: 409, message: 'já é de outro', problem });
  });

  it.each([
    [502, 'unavailable'],
    [404, 'bad_request'],
  ])('of a proxy with status %i are a problem %s', async (status, code) => {
    const { call } = await startClient((response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>proxy</h1>');
    });
    expect(await problemOf(call('GET /clients'))).toMatchObject({ status, problem: { status, code } });
  });
});
