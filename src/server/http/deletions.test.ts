import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysFromNow } from '../../../tests/support/lending.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { type Send, sender } from '../features/auth/testing/requests.ts';

describe('a deletion that does not need If-Match', () => {
  let server: TestServer;
  let send: Send;
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('apagar.test');
    send = sender(server.address);
    ana = await server.signIn('ana@apagar.test');
    bruno = await server.signIn('bruno@apagar.test');
  });
  afterAll(() => server.stop());

  const remove = async (path: string, tag?: string) => {
    const headers = { authorization: `Bearer ${ana.accessToken}`, ...(tag === undefined ? {} : { 'if-match': tag }) };
    const { status, body } = await send('DELETE', `/api/v1${path}`, { headers });
    return body.code === undefined ? status : `${String(status)} ${body.code}`;
  };

  let days = 0;
  type Make = () => Promise<{ readonly body: { readonly id: string } }>;
  const records: readonly (readonly [path: string, make: Make])[] = [
    [
      '/time-off',
      () => {
        const day = daysFromNow((days += 1)).slice(0, 10);
        return ana.api('POST /time-off', { body: { localStart: `${day}T08:00`, localEnd: `${day}T09:00` } });
      },
    ],
    [
      '/holidays',
      () => ana.api('POST /holidays', { body: { date: daysFromNow((days += 1)).slice(0, 10), name: 'Padroeira' } }),
    ],
    ['/calendar-feeds', () => ana.api('POST /calendar-feeds', { body: {} })],
    ['/saved-filters', () => ana.api('POST /saved-filters', { body: { name: 'Itu', filters: { city: 'Itu' } } })],
    [
      '/coverings',
      () =>
        ana.api('POST /coverings', {
          body: {
            ...{ absentId: ana.professionalId, coveringId: bruno.professionalId, reason: 'férias' },
            ...{ from: daysFromNow(1), to: daysFromNow(5) },
          },
        }),
    ],
  ];

  it.each(records)('leaves a record that has no version where the header names one: %s', async (path, make) => {
    const first = (await make()).body.id;
    for (const tag of ['"1"', 'W/"1"', '"abc"', '"1", "2"', '1'])
      expect([tag, await remove(`${path}/${first}`, tag)]).toEqual([tag, '412 stale']);
    expect(await remove(`${path}/${first}`, '*')).toBe(204);
    const second = (await make()).body.id;
    expect(await remove(`${path}/${second}`)).toBe(204);
    const third = (await make()).body.id;
    expect(await remove(`${path}/${third}`, ' ')).toBe(204);
  });

  it('leaves a wish that has changed since, and takes the version that was seen, any, or none', async () => {
    const { body: client } = await ana.api('POST /clients', { body: { firstName: 'Rosa' } });
    const wait = async () =>
      (await ana.api('POST /waiting-list', { body: { clientId: client.id, weekdays: [], periods: [] } })).body.id;
    const id = await wait();
    const headers = { 'if-match': '"1"' };
    await ana.api('PATCH /waiting-list/{id}', { params: { id }, body: { note: 'cedo' }, headers });
    for (const tag of ['"1"', '"3"', '"abc"', '2'])
      expect([tag, await remove(`/waiting-list/${id}`, tag)]).toEqual([tag, '412 stale']);
    expect((await ana.api('GET /waiting-list')).body.items).toMatchObject([{ id, version: 2 }]);
    expect(await remove(`/waiting-list/${id}`, 'W/"2-gzip"')).toBe(204);
    for (const tag of ['*', '', undefined]) expect(await remove(`/waiting-list/${await wait()}`, tag)).toBe(204);
    expect((await ana.api('GET /waiting-list')).body.items).toEqual([]);
    expect(await remove(`/waiting-list/${id}`, '"2"')).toBe('404 not_found');
  });
});
