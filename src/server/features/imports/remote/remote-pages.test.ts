import { describe, expect, it } from 'vitest';
import { fetchAll, type Handle, listen, listenAsDjango, names, problemOf, send } from './testing/remote-system.ts';

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
