import { describe, expect, it } from 'vitest';
import { fetchAll, listen, listenAsDjango, names, problemOf, send, token } from './testing/remote-system.ts';

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
      // Without the escape character in front it does not clear the screen.
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
