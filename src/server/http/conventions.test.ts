import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { contracts } from '../../shared/contracts/index.ts';
import type { RouteContract } from '../../shared/contracts/route.ts';
import { type RawAnswer, type Send, sender } from '../features/auth/testing/requests.ts';

/** Operations that take JSON or no body, each as a request for a record that does not exist. */
const operations = Object.entries<RouteContract>(contracts)
  .filter(([, { consumes }]) => consumes === undefined)
  .map(([key, contract]) => {
    const [method = '', path = ''] = key.split(' ');
    const filled = path.replace('{postalCode}', '01310100').replace(/\{\w+\}/g, '0199c000-0000-7000-8000-000000000000');
    return { key, contract, method, url: `/api/v1${filled}` };
  });

/** Creations that need no key: a repeat makes no second record. */
const repeatable: Readonly<Record<string, string>> = {
  'POST /auth/codes': 'the newest code counts',
  'POST /auth/sessions': 'a code works once, and a device has one session',
  'POST /auth/link-sessions': 'a link works once, and a device has one session',
  'POST /auth/passkeys': 'a challenge is answered once',
  'POST /auth/passkey-sessions': 'a challenge is answered once, and a device has one session',
  'POST /push-subscriptions': 'a browser has one',
  'POST /duplicates/dismissals': 'a pair has one',
  'POST /saved-filters': 'a name has one',
  'POST /imports/{id}/undo': 'an import is undone once',
  'POST /professionals/{id}/invitation': 'it makes no record',
};

describe('what every operation keeps to', () => {
  it('a creation takes Idempotency-Key, or makes one record however often it is sent', () => {
    const creations = Object.entries<RouteContract>(contracts).filter(
      ([key, { status }]) => key.startsWith('POST ') && (status === 201 || status === 202),
    );
    const without = creations.filter(([, { idempotent }]) => idempotent === undefined).map(([key]) => key);
    expect(without.sort()).toEqual(Object.keys(repeatable).sort());
  });

  let server: TestServer;
  let send: Send;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('costumes.test');
    send = sender(server.address);
    ana = await server.signIn('ana@costumes.test');
  });
  afterAll(() => server.stop());

  const as = ({ accessToken }: SignedIn) => ({ authorization: `Bearer ${accessToken}`, 'if-match': '*' });
  const errorsOf = ({ status, body }: RawAnswer) => [status, body.errors];
  const unknown = [422, [expect.objectContaining({ path: 'nada', code: 'unknown_field' })]];

  it.each(operations.filter(({ contract }) => contract.body === undefined))(
    '$key refuses a query that it does not know',
    async ({ method, url, contract }) => {
      const [status, errors] = errorsOf(await send(method, `${url}?nada=1`, { headers: as(ana) }));
      // What a query has to have is missed, too.
      const missed = (contract.query?.safeParse({}).error?.issues ?? []).map(({ path }) => path.join('.'));
      const unmissed = (errors as readonly { readonly path: string }[]).filter(({ path }) => !missed.includes(path));
      expect([status, unmissed]).toEqual(unknown);
    },
  );

  it.each(operations.filter(({ method, contract }) => method !== 'GET' && contract.body === undefined))(
    '$key refuses a body, having no use for one',
    async ({ method, url }) => {
      expect(errorsOf(await send(method, url, { headers: as(ana), body: { nada: 1 } }))).toEqual(unknown);
    },
  );

  it.each(operations.filter(({ contract }) => contract.query === undefined && contract.body !== undefined))(
    '$key refuses a query beside its body',
    async ({ method, url }) => {
      const answer = await send(method, `${url}?nada=1`, { headers: as(ana), body: {} });
      expect(errorsOf(answer)).toEqual(unknown);
    },
  );

  it('takes an empty body for none, whatever type it says it has', async () => {
    const { body: client } = await ana.api('POST /clients', { body: { firstName: 'Vazio' } });
    const headers = { ...as(ana), 'content-type': 'application/json' };
    const statuses = [];
    for (const [method, path] of [
      ['DELETE', `/clients/${client.id}`],
      ['POST', `/clients/${client.id}/restore`],
      ['PATCH', `/clients/${client.id}`],
      ['POST', '/auth/codes'],
      ['DELETE', '/auth/sessions/0199c000-0000-7000-8000-000000000000'],
    ] as const)
      statuses.push((await send(method, `/api/v1${path}`, { headers, body: '' })).status);
    expect(statuses).toEqual([204, 200, 422, 422, 404]);
  });

  it.each([
    ['PUT', '/clients', 'GET, HEAD, POST'],
    ['DELETE', '/clients?q=a', 'GET, HEAD, POST'],
    ['POST', '/clients/0199c000-0000-7000-8000-000000000000', 'DELETE, GET, HEAD, PATCH'],
    ['PUT', '/me/settings', 'GET, HEAD, PATCH'],
    ['GET', '/auth/codes', 'POST'],
  ])('%s %s is 405 and says what there is', async (method, path, allow) => {
    const answer = await send(method, `/api/v1${path}`, { headers: as(ana) });
    expect(answer.body).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  describe('lists that come whole', () => {
    it('come in pages where a limit is asked for', async () => {
      const whole = (await ana.api('GET /professionals')).body;
      expect(whole).toMatchObject({ nextCursor: null, total: { value: 3, relation: 'eq' } });
      const first = (await ana.api('GET /professionals', { query: { limit: 2 } })).body;
      expect(first).toMatchObject({ items: whole.items.slice(0, 2), total: whole.total });
      const cursor = first.nextCursor ?? '';
      const second = (await ana.api('GET /professionals', { query: { limit: 2, cursor } })).body;
      expect(second).toEqual({ items: whole.items.slice(2), nextCursor: null, total: whole.total });
    });

    it('among them the history of a client, which has no ids of its own', async () => {
      const { body } = await ana.api('POST /clients', { body: { firstName: 'Um' } });
      const params = { id: body.id };
      for (const firstName of ['Dois', 'Três'])
        await ana.api('PATCH /clients/{id}', { params, headers: { 'if-match': '*' }, body: { firstName } });
      const versions: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await ana.api('GET /clients/{id}/history', {
          params,
          query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) },
        });
        versions.push(...page.body.items.map(({ version }) => version));
        cursor = page.body.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(versions).toEqual([3, 2, 1]);
    });

    it('do not take the cursor of another list, nor a limit that is none', async () => {
      const { nextCursor } = (await ana.api('GET /professionals', { query: { limit: 1 } })).body;
      for (const path of [`auth/sessions?cursor=${nextCursor ?? ''}`, 'professionals?limit=0', 'imports?limit=201'])
        expect((await send('GET', `/api/v1/${path}`, { headers: as(ana) })).status).toBe(422);
    });
  });
});
