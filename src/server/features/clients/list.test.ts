import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { RequestOf } from '../../../shared/api-client.ts';
import type { ClientInput, ClientSummary } from '../../../shared/contracts/clients.ts';
import { sql } from '../../db/sql.ts';

type Query = NonNullable<RequestOf<'GET /clients'>['query']>;

describe('the list of clients', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('lista.test');
    [ana, bruno] = await Promise.all([server.signIn('ana@lista.test'), server.signIn('bruno@lista.test')]);
  });
  afterAll(() => server.stop());

  const register = async (who: SignedIn, body: ClientInput): Promise<string> =>
    (await who.api('POST /clients', { body })).body.id;

  const namesOf = (items: readonly ClientSummary[]) => items.map((item) => item.socialName ?? item.firstName);

  async function list(who: SignedIn, query: Query): Promise<string[]> {
    const { body } = await who.api('GET /clients', { query });
    expect(body.total).toEqual({ value: body.items.length, relation: 'eq' });
    return namesOf(body.items);
  }

  describe('with a few clients', () => {
    beforeAll(async () => {
      await register(ana, { firstName: 'Zilda', tags: ['pilates'], address: { city: 'Embu-Guaçu', state: 'SP' } });
      await register(bruno, {
        firstName: 'Bia',
        dateOfBirth: '1990-02-28',
        address: { city: 'SÃO PAULO', state: 'SP' },
      });
      await register(bruno, { firstName: 'Ágata', tags: ['pilates', 'VIP'], dateOfBirth: '2001-12-01' });
      await register(bruno, {
        firstName: 'ana',
        socialName: 'Caio',
        dateOfBirth: '2000-02-29',
        address: { state: 'RJ' },
      });
      const archived = await register(bruno, { firstName: 'Dora', tags: ['pilates'] });
      await bruno.api('DELETE /clients/{id}', { params: { id: archived }, headers: { 'if-match': '*' } });
    });

    it('is in the order of the Portuguese alphabet, by the name a person goes by', async () => {
      expect(await list(ana, {})).toEqual(['Ágata', 'Bia', 'Caio', 'Zilda']);
      expect(await list(ana, { sort: 'name' })).toEqual(['Ágata', 'Bia', 'Caio', 'Zilda']);
    });

    it('puts the newest first, or what changed last', async () => {
      expect(await list(ana, { sort: '-createdAt' })).toEqual(['Caio', 'Ágata', 'Bia', 'Zilda']);
      const { body } = await ana.api('GET /clients', { query: { q: 'bia' } });
      const id = body.items[0]?.id ?? '';
      await ana.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body: { rg: '1' } });
      expect(await list(ana, { sort: '-updatedAt' })).toEqual(['Bia', 'Caio', 'Ágata', 'Zilda']);
    });

    it.each<Query>([{}, { tag: 'pilates' }, { q: 'a' }, { status: 'archived' }])(
      'goes down as well as up: %j',
      async (query) => {
        for (const by of ['name', 'createdAt', 'updatedAt'] as const) {
          const down = await list(ana, { ...query, sort: `-${by}` });
          expect(down).not.toEqual([]);
          expect(down).toEqual((await list(ana, { ...query, sort: by })).reverse());
        }
      },
    );

    it.each<[filter: string, query: Query, names: string[]]>([
      ['city, without regard to accents, case and hyphens', { city: 'sao paulo' }, ['Bia']],
      ['city with a hyphen', { city: 'EMBU GUACU' }, ['Zilda']],
      ['state', { state: 'SP' }, ['Bia', 'Zilda']],
      ['tag', { tag: 'pilates' }, ['Ágata', 'Zilda']],
      ['tag, without regard to accents, case and spaces', { tag: ' vip' }, ['Ágata']],
      ['month of birth', { birthMonth: 2 }, ['Bia', 'Caio']],
      ['a month that nobody was born in', { birthMonth: 1 }, []],
      ['archived', { status: 'archived' }, ['Dora']],
      ['archived with a tag', { status: 'archived', tag: 'pilates' }, ['Dora']],
      ['active', { status: 'active', tag: 'pilates' }, ['Ágata', 'Zilda']],
      ['several at once', { state: 'SP', birthMonth: 2, q: 'b' }, ['Bia']],
      ['a search that another filter excludes', { state: 'RJ', q: 'zilda' }, []],
    ])('narrows by %s', async (_, query, names) => {
      expect(await list(ana, query)).toEqual(names);
    });

    it('narrows by professional; to a professional, only the own ones exist', async () => {
      expect(await list(ana, { professionalId: ana.professionalId })).toEqual(['Zilda']);
      expect(await list(ana, { professionalId: bruno.professionalId.toUpperCase() })).toEqual(['Ágata', 'Bia', 'Caio']);
      expect(await list(bruno, {})).toEqual(['Ágata', 'Bia', 'Caio']);
      expect(await list(bruno, { professionalId: bruno.professionalId })).toEqual(['Ágata', 'Bia', 'Caio']);
      expect(await list(bruno, { professionalId: ana.professionalId })).toEqual([]);
      expect(await list(bruno, { q: 'zilda' })).toEqual([]);
      expect(await list(bruno, { q: 'silda' })).toEqual([]);
    });

    it('shows registration data alone', async () => {
      const { body } = await ana.api('GET /clients', { query: { q: 'zilda' } });
      expect(Object.keys(body.items[0] ?? {}).sort()).toEqual(
        [
          ...['archivedAt', 'city', 'createdAt', 'dateOfBirth', 'document', 'email', 'firstName', 'id', 'lastName'],
          ...[
            'guardianName',
            'guardianPhone',
            'phone',
            'professionalId',
            'secondaryPhone',
            'socialName',
            'state',
            'tags',
          ],
          'updatedAt',
        ].sort(),
      );
    });

    it.each<[query: string, path: string]>([
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['limit=dez', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['sort=email', 'sort'],
      ['status=deleted', 'status'],
      ['birthMonth=13', 'birthMonth'],
      ['state=XX', 'state'],
      ['professionalId=bruno', 'professionalId'],
      ['cursor=', 'cursor'],
      ['cursor=bm90aGluZw', 'cursor'],
      ['q=a&q=b', 'q'],
      ['page=2', 'page'],
      ['__proto__=1', '__proto__'],
    ])('refuses ?%s', async (query, path) => {
      const response = await fetch(`${server.address}/api/v1/clients?${query}`, {
        headers: { authorization: `Bearer ${ana.accessToken}` },
      });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
    });
  });

  it('tells what a person’s active clients can be narrowed by, the most frequent first', async () => {
    await server.createClinic('filtros.test');
    const [ana, bruno, carla] = await Promise.all([
      server.signIn('ana@filtros.test'),
      server.signIn('bruno@filtros.test'),
      server.signIn('carla@filtros.test'),
    ]);
    const live = (who: SignedIn, city: string, state: 'AC' | 'RJ' | 'SP', tags: string[]) =>
      register(who, { firstName: 'Bia', address: { city, state }, tags });
    await live(ana, 'Embu-Guaçu', 'SP', ['rara']);
    for (const city of ['Niterói', 'Niterói', 'NITEROI']) await live(bruno, city, 'RJ', ['pilates', 'VIP']);
    await register(bruno, { firstName: 'Caio', tags: ['pilates', ' vip'] });
    await register(bruno, { firstName: 'Davi', tags: ['pilates'] });
    await live(bruno, 'Acre', 'AC', ['saiu']).then((id) =>
      bruno.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } }),
    );
    const whole = { cities: ['Niterói', 'Embu-Guaçu'], states: ['RJ', 'SP'], tags: ['pilates', 'VIP', 'rara'] };
    const own = { cities: ['Niterói'], states: ['RJ'], tags: ['pilates', 'VIP'] };
    expect((await ana.api('GET /clients/filters')).body).toEqual(whole);
    expect((await carla.api('GET /clients/filters')).body).toEqual(whole);
    expect((await bruno.api('GET /clients/filters')).body).toEqual(own);
    // Each listed value finds clients.
    for (const city of own.cities) expect(await list(bruno, { city })).toHaveLength(3);
    for (const tag of own.tags) expect(await list(bruno, { tag })).not.toEqual([]);
  });

  it('tells two hundred values of a kind, and nothing in a clinic without clients', async () => {
    await server.createClinic('etiquetas.test');
    const bruno = await server.signIn('bruno@etiquetas.test');
    expect((await bruno.api('GET /clients/filters')).body).toEqual({ cities: [], states: [], tags: [] });
    for (let client = 0; client < 11; client++)
      await register(bruno, { firstName: 'Bia', tags: Array.from({ length: 20 }, (_, tag) => `${client}-${tag}`) });
    expect((await bruno.api('GET /clients/filters')).body.tags).toHaveLength(200);
  });

  describe('with hundreds of clients', () => {
    let carla: SignedIn;
    const many = 523;

    beforeAll(async () => {
      await server.createClinic('cheia.test');
      carla = await server.signIn('carla@cheia.test');
      // All in one transaction, so that they have the same timestamps; many have the same name, too.
      await server.db.system((tx) =>
        tx.run(
          sql`insert into clients (clinic_id, professional_id, first_name, last_name, tags)
            select clinic_id, id, (array['Álvaro', 'Íris', 'Zé', 'ana', 'Ana', '王', 'Š'])[1 + n % 7], 'Nº ' || n / 50,
              case when n % 2 = 0 then '{par}'::text[] else '{}' end
            from professionals, generate_series(1, ${many}) as n where email = 'bruno@cheia.test'`,
        ),
      );
    });

    async function walk(query: Query): Promise<{ pages: ClientSummary[][]; totals: unknown[] }> {
      const pages: ClientSummary[][] = [];
      const totals: unknown[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await carla.api('GET /clients', {
          query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
        });
        pages.push(body.items);
        totals.push(body.total);
        cursor = body.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return { pages, totals };
    }

    it.each<[Query, number]>([
      [{ sort: 'name', limit: 100 }, many],
      [{ sort: 'name', limit: 1, tag: 'par', q: 'zé 10' }, 2],
      [{ sort: '-createdAt', limit: 100 }, many],
      [{ sort: '-updatedAt', limit: 100 }, many],
      [{ sort: '-updatedAt', limit: 200, tag: 'par' }, Math.floor(many / 2)],
      [{ sort: '-name', limit: 100 }, many],
      [{ sort: '-name', limit: 200, tag: 'par' }, Math.floor(many / 2)],
      [{ sort: '-name', limit: 1, tag: 'par', q: 'zé 10' }, 2],
      [{ sort: 'createdAt', limit: 100 }, many],
      [{ sort: 'updatedAt', limit: 100 }, many],
      [{ sort: 'updatedAt', limit: 200, tag: 'par' }, Math.floor(many / 2)],
      [{ q: 'ana', limit: 50 }, 150],
      [{ q: 'anna', limit: 50 }, 150],
    ])('gives every client once over all pages of %j', async (query, count) => {
      const { pages, totals } = await walk(query);
      const ids = pages.flat().map(({ id }) => id);
      expect(ids).toHaveLength(count);
      expect(new Set(ids).size).toBe(count);
      expect(pages.slice(0, -1).every((page) => page.length === query.limit)).toBe(true);
      expect(new Set(totals.map((total) => JSON.stringify(total)))).toEqual(
        new Set([JSON.stringify({ value: count, relation: 'eq' })]),
      );
      if (query.sort === 'name' || query.sort === '-name') {
        const names = pages.flat().map(({ firstName, lastName }) => `${firstName} ${lastName ?? ''}`);
        const ascending = [...names].sort(new Intl.Collator('pt-BR').compare);
        expect(names).toEqual(query.sort === 'name' ? ascending : ascending.reverse());
      }
    });

    it('gives fifty at a time unless told otherwise', async () => {
      expect((await carla.api('GET /clients')).body.items).toHaveLength(50);
      expect((await carla.api('GET /clients', { query: { limit: 200 } })).body.items).toHaveLength(200);
    });

    it('goes on after a client that changed its place or was archived meanwhile', async () => {
      const first = await carla.api('GET /clients', { query: { limit: 10 } });
      const last = first.body.items.at(-1)?.id ?? '';
      await carla.api('DELETE /clients/{id}', { params: { id: last }, headers: { 'if-match': '*' } });
      const second = await carla.api('GET /clients', { query: { limit: 10, cursor: first.body.nextCursor ?? '' } });
      const all = await carla.api('GET /clients', { query: { limit: 19 } });
      expect([...first.body.items.slice(0, -1), ...second.body.items]).toEqual(all.body.items);
      await carla.api('POST /clients/{id}/restore', { params: { id: last } });
    });

    it('does not take the cursor of another list, order, filter, or one that was tampered with', async () => {
      const query = { sort: '-updatedAt', tag: 'par', limit: 5 } as const;
      const cursor = (await carla.api('GET /clients', { query })).body.nextCursor ?? '';
      const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
      const forged = (index: number, value: unknown) =>
        Buffer.from(JSON.stringify(parts.with(index, value))).toString('base64url');
      expect((await carla.api('GET /clients', { query: { ...query, cursor } })).body.items).toHaveLength(5);
      const refused: Query[] = [
        { ...query, cursor, sort: 'name' },
        { ...query, cursor, sort: '-createdAt' },
        { ...query, cursor, tag: 'ímpar' },
        { ...query, cursor, status: 'archived' },
        { ...query, cursor, q: 'ana' },
        ...['', 'yesterday', "1' or '1'='1", '1e3', '9'.repeat(17)].map((key) => ({
          ...query,
          cursor: forged(1, key),
        })),
        ...['', 'x', 7, null].map((id) => ({ ...query, cursor: forged(2, id) })),
        { ...query, cursor: forged(3, 'many') },
        { ...query, cursor: `${cursor}AA` },
        { ...query, cursor: cursor.slice(4) },
      ];
      for (const query of refused)
        await expect(carla.api('GET /clients', { query }), JSON.stringify(query)).rejects.toMatchObject({
          problem: { status: 422, errors: [{ path: 'cursor', code: 'invalid_cursor' }] },
        });
    });

    it('hands on a cursor whatever the name on which a page ends', async () => {
      await server.createClinic('longa.test');
      const bruno = await server.signIn('bruno@longa.test');
      const name = '"\\漢'.repeat(50);
      for (const socialName of [name, `${name.slice(0, -1)}字`])
        await register(bruno, { firstName: 'x', socialName, lastName: name });
      const first = await bruno.api('GET /clients', { query: { limit: 1 } });
      const second = await bruno.api('GET /clients', { query: { limit: 1, cursor: first.body.nextCursor ?? '' } });
      expect(second.body.items).toHaveLength(1);
      expect(second.body.items[0]?.id).not.toBe(first.body.items[0]?.id);
      expect(second.body.nextCursor).toBeNull();
    });
  });
});
