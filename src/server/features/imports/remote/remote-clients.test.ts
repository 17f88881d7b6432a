import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../../../db/embedded/server.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import { readRemoteAddress } from './remote-address.ts';
import { fetchRemoteClients } from './remote-clients.ts';
import { readRetryAfter, RemoteHttp } from './remote-http.ts';
import { RemoteProblem } from './remote-problem.ts';

type Handle = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

interface Remote {
  readonly origin: string;
  /** Method and path of what was asked with the token. */
  readonly asked: string[];
}

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function listen(handle: Handle): Promise<Remote> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    if (request.headers.authorization !== undefined) asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    handle(request, response, url);
  });
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
}

const send = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** The earlier system's whole list, for whoever has the token; what else is asked is not there. */
const listenAsDjango = (handle: Handle): Promise<Remote> =>
  listen((request, response, url) => {
    if (url.pathname !== '/register/clients/') send(response, 404, { detail: 'Not found.' });
    else if (request.headers.authorization === undefined) send(response, 401, { detail: 'Sign in.' });
    else handle(request, response, url);
  });

const token = 'a-token-that-nobody-may-see';

async function fetchAll(base: string, limit?: number) {
  const notes: string[] = [];
  const progress: (readonly [number, number | undefined])[] = [];
  const rows = await fetchRemoteClients(
    { address: readRemoteAddress(base, false), account: { token }, limit },
    {
      askCode: () => Promise.reject(new Error('nobody is there')),
      notify: (text) => notes.push(text),
      onFetched: (count, total) => progress.push([count, total]),
    },
  );
  try {
    const read = async () => {
      const opened = await rows.open({});
      const records = [];
      const [first = ''] = opened.header;
      const mapping = opened.header.includes('first_name') ? undefined : { [first]: 'firstName' };
      await opened.map({ mapping, isRemembered: false, foundDateOrder: undefined });
      for await (const batch of opened.rows()) records.push(...batch.map(recordOf));
      await opened.close();
      return { header: opened.header, records };
    };
    const first = await read();
    // An import that starts over reads the same, and asks nothing of the other side.
    expect(await read()).toEqual(first);
    return { ...first, notes, progress };
  } finally {
    await rows.close();
  }
}

const recordOf = (row: ImportRow | RejectedRow) => ({
  line: row.line,
  cells: row.cells,
  broken:
    'problems' in row
      ? row.problems.map(({ code, column }) => ({ code, column })).find(({ code }) => code === 'invalid_record')
      : undefined,
});

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteProblem);
  const { message } = error as RemoteProblem;
  expect(message).not.toContain(token);
  return message;
}

const names = (records: readonly { readonly cells: readonly string[] }[]) => records.map(({ cells }) => cells[0]);

describe('a list that comes in pages', () => {
  const page = (origin: string, number: number, last: number) => ({
    count: last * 2,
    next: number === last ? null : `${origin}/register/clients/?page=${String(number + 1)}`,
    previous: null,
    results: [0, 1].map((index) => ({ first_name: `N${String(number)}${String(index)}` })),
  });
  const pageOf = (url: URL, last = 3) => page(url.origin, Number(url.searchParams.get('page') ?? '1'), last);

  it('asks again for what failed, and for nothing that came', async () => {
    const failures: Handle[] = [
      (_, response) => {
        response.socket?.destroy();
      },
      (_, response) => {
        send(response, 503, {});
      },
      // Half a page.
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"results": [{"first_name": "N2');
        setTimeout(() => response.socket?.destroy(), 50);
      },
    ];
    const { origin, asked } = await listenAsDjango((request, response, url) => {
      const fail = url.searchParams.get('page') === '2' ? failures.shift() : undefined;
      if (fail === undefined) send(response, 200, pageOf(url));
      else fail(request, response, url);
    });
    const { records, progress } = await fetchAll(origin);
    expect(names(records)).toEqual(['N10', 'N11', 'N20', 'N21', 'N30', 'N31']);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(progress).toEqual([
      [2, 6],
      [4, 6],
      [6, 6],
    ]);
    const second = 'GET /register/clients/?page=2';
    expect(asked).toEqual(['GET /register/clients/', second, second, second, second, 'GET /register/clients/?page=3']);
  });

  it('waits as long as it is told to', async () => {
    let refused = 0;
    const { origin } = await listenAsDjango((_, response, url) => {
      if (refused++ === 0) send(response, 429, { detail: 'Slow down.' }, { 'retry-after': '1' });
      else send(response, 200, pageOf(url, 1));
    });
    const started = performance.now();
    expect((await fetchAll(origin)).records).toHaveLength(2);
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it('does not wait for an hour', async () => {
    const { origin, asked } = await listenAsDjango((_, response) => {
      send(response, 429, {}, { 'retry-after': '3600' });
    });
    expect(await problemOf(fetchAll(origin))).toMatch(/answered 429 and asks to wait 60 minutes/);
    expect(asked).toHaveLength(1);
  });

  it('stops where enough is read', async () => {
    const { origin, asked } = await listenAsDjango((_, response, url) => {
      send(response, 200, pageOf(url, 50));
    });
    expect(names((await fetchAll(origin, 3)).records)).toEqual(['N10', 'N11', 'N20']);
    expect(asked).toHaveLength(2);
  });

  it('follows no link to another host', async () => {
    const other = await listen((_, response) => {
      send(response, 200, []);
    });
    const { origin } = await listenAsDjango((_, response, url) => {
      send(response, 200, { ...pageOf(url), next: `${other.origin}/register/clients/?page=2` });
    });
    expect(await problemOf(fetchAll(origin))).toContain(`its next page is on ${other.origin}: nothing is sent there`);
    expect(other.asked).toEqual([]);
  });

  it.each([
    [
      'the address comes back',
      (url: URL) => ({ ...pageOf(url), next: url.searchParams.has('page') ? url.href : '?page=2' }),
    ],
    [
      'the number is passed over',
      (url: URL) => ({ ...page(url.origin, 1, 9), next: `?page=${String(Number(url.searchParams.get('page')) + 1)}` }),
    ],
    [
      'pages are empty',
      (url: URL) => ({ results: [], next: `?page=${String(Number(url.searchParams.get('page')) + 1)}` }),
    ],
  ])('sees that there is no end to it where %s', async (_, answer) => {
    const { origin, asked } = await listenAsDjango((_request, response, url) => {
      send(response, 200, answer(url));
    });
    expect(await problemOf(fetchAll(origin))).toContain('no end to its list');
    expect(asked.length).toBeLessThan(5);
  });
});

describe('a list as a whole', () => {
  it('makes columns of the names, and refuses only what is no record', async () => {
    const { origin } = await listenAsDjango((_, response) => {
      send(response, 200, [
        { first_name: 'Ana', whatsapp: true, tags: ['a, b', 'c'], phone: 11987654321, address: { street: 'Rua A' } },
        null,
        'Bia',
        [1],
        7,
        { first_name: "'=1", firstName: 'Dois', notes: 'a\nb', extra: { pé: 'chato', n: 3, vazio: null }, 'ñ ☂': 'x' },
        { first_name: 'Longa', notes: 'x'.repeat(2 * 1024 * 1024) },
        { first_name: 'Fim', ['__proto__x']: 'y', phone: null },
      ]);
    });
    const { header, records } = await fetchAll(origin);
    expect(header).toEqual([
      'first_name',
      'whatsapp',
      'tags',
      'phone',
      'address',
      'notes',
      'ñ ☂',
      '__proto__x',
      'extra',
    ]);
    const broken = { code: 'invalid_record', column: 0 };
    expect(records.map(({ broken: why }) => why)).toEqual([
      undefined,
      ...[broken, broken, broken, broken],
      undefined,
      broken,
      undefined,
    ]);
    expect(records[0]?.cells).toEqual([
      ...['Ana', '', '["a, b","c"]', '11987654321', '', '', '', ''],
      JSON.stringify({ whatsapp: 'true', address: '{"street":"Rua A"}' }),
    ]);
    expect(records[1]?.cells).toEqual(['null']);
    expect(records[5]?.cells).toEqual([
      ...["''=1", '', '', '', '', 'a\nb', 'x', ''],
      JSON.stringify({ firstName: 'Dois', pé: 'chato', n: '3' }),
    ]);
    expect(records[6]?.cells[0]?.length).toBeLessThanOrEqual(1000);
    expect(records[7]?.cells).toEqual(['Fim', '', '', '', '', '', '', 'y', '']);
  });

  it('has no columns without end', async () => {
    const { origin } = await listenAsDjango((_, response) => {
      send(response, 200, [
        Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${String(index)}`, 'v'])),
      ]);
    });
    const { header, records } = await fetchAll(origin);
    expect(header).toHaveLength(201);
    expect(Object.keys(JSON.parse(records[0]?.cells[200] ?? '') as object)).toHaveLength(4800);
  });

  it('may be empty', async () => {
    const { origin } = await listenAsDjango((_, response) => {
      send(response, 200, []);
    });
    expect(await fetchAll(origin)).toMatchObject({ header: ['first_name', 'extra'], records: [] });
  });

  it('is looked for without credentials, and at no page of another kind', async () => {
    const { origin, asked } = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    });
    expect(await problemOf(fetchAll(`${origin}/api/v1/`))).toMatch(/Neither Acolhe .* nor the earlier system/);
    expect(asked).toEqual([]);
  });

  it.each([
    [401, /The token is wrong or has run out.*answered 401 \(Acabou … +aqui\)/],
    [403, /may not read the clients there/],
    [418, /answered 418/],
  ])('tells of a %i, with what the other side says and without what is secret', async (status, words) => {
    const { origin } = await listenAsDjango((_, response) => {
      send(response, status, { detail: `Acabou ${token}\u001b[2J\u202e aqui.` });
    });
    const message = await problemOf(fetchAll(origin));
    expect(
      // Without the sign before it this clears no screen.
      message.replace('[2J', ''),
    ).toMatch(words);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each(['{"results": "none"}', '{"detail": 1}', '17', 'null', '{'])('makes nothing of %s', async (body) => {
    const { origin } = await listenAsDjango((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    expect(await problemOf(fetchAll(origin))).toMatch(/neither a list of clients|damaged JSON/);
  });
});

describe('what another Acolhe exports', () => {
  it('is read from its start again when it was cut', async () => {
    let cuts = 0;
    const { origin } = await listen((request, response, url) => {
      if (request.headers.authorization === undefined)
        send(response, 401, { code: 'unauthenticated' }, { 'content-type': 'application/problem+json' });
      else if (url.pathname.endsWith('/clients')) send(response, 200, { total: { value: 2, relation: 'eq' } });
      else {
        response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' });
        response.write('firstName,phone\r\nAna,+5511987654321\r\n');
        if (cuts++ < 2) setTimeout(() => response.socket?.destroy(), 50);
        else response.end('Bia,\r\n');
      }
    });
    const { records, progress } = await fetchAll(origin);
    expect(names(records)).toEqual(['Ana', 'Bia']);
    expect(cuts).toBe(3);
    expect(progress.at(-1)).toEqual([2, 2]);
  });
});

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
    // A sign-in that became a GET would lose what was sent.
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

describe('an address', () => {
  it.each([
    ['https://clinica.example', ['']],
    ['https://clinica.example/api/v1/', ['', '/api/v1']],
    ['https://clinica.example/sistema/', ['/sistema']],
    ['http://localhost:8000', ['']],
    ['http://[::1]:8000', ['']],
  ])('%s may be given', (text, roots) => {
    expect(readRemoteAddress(text, false).roots).toEqual(roots);
  });

  it.each(['ftp://clinica.example', 'clinica.example', 'https://clinica.example?x=1', 'http://clinica.example', ''])(
    '%s may not',
    (text) => {
      expect(() => readRemoteAddress(text, false)).toThrow(RemoteProblem);
    },
  );

  it('without encryption only where one says so, and never with a password', () => {
    expect(readRemoteAddress('http://clinica.example', true).origin).toBe('http://clinica.example');
    expect(() => readRemoteAddress('https://ana:segredo@clinica.example', true)).toThrow(/^(?!.*segredo)/);
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
