import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClientInput } from '../../../shared/contracts/clients.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
let db: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  db = new pg.Client(server.database.adminUrl);
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await server.stop();
});

/** The whole names that a list shows, over all its pages. */
async function list({ api }: SignedIn, query: object): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = { ...query, ...(cursor !== undefined && { cursor }) };
    const { body } = await api('GET /clients', { query: page });
    names.push(...body.items.map(({ firstName, lastName }) => [firstName, lastName].join(' ').trim()));
    cursor = body.nextCursor;
  }
  return names;
}

let clinics = 0;

async function openClinic(): Promise<{ ana: SignedIn; bruno: SignedIn }> {
  const name = `ordem${String((clinics += 1))}.test`;
  await server.createClinic(name);
  return { ana: await server.signIn(`ana@${name}`), bruno: await server.signIn(`bruno@${name}`) };
}

describe('who is found first', () => {
  let ana: SignedIn;

  beforeAll(async () => {
    ({ ana } = await openClinic());
    const people = [
      { firstName: 'Ana', lastName: 'Lima' },
      { firstName: 'Lima' },
      { firstName: 'Lima', lastName: 'Barreto' },
      { firstName: 'Limara', lastName: 'Costa' },
      { firstName: 'Abel', lastName: 'Delima' },
      { firstName: 'Bia', lastName: 'Sá', address: { city: 'Lima' } },
      { firstName: 'Ada', lastName: 'Nunes', tags: ['lima'] },
      { firstName: 'Caio', lastName: 'Prado', email: 'caio@lima.test' },
      { firstName: 'Duda', lastName: 'Reis', guardian: { name: 'Lúcia Lima' } },
    ];
    for (const body of people) await ana.api('POST /clients', { body });
  });

  const expected = [
    'Lima',
    'Lima Barreto',
    'Limara Costa',
    'Ana Lima',
    'Duda Reis',
    'Abel Delima',
    'Caio Prado',
    'Ada Nunes',
    'Bia Sá',
  ];

  it('is whose name it is, then whose first name, who has it as a word, who has it at all, and who has it as tag or city', async () => {
    expect(await list(ana, { q: 'lima' })).toEqual(expected);
    expect(await list(ana, { q: 'LÍMA', sort: 'match' })).toEqual(expected);
  });

  it('is the same page by page', async () => {
    for (const limit of [1, 2, 3, 4]) expect(await list(ana, { q: 'lima', limit })).toEqual(expected);
  });

  it('and their number, however few of them a page shows, and counted anew by each statement', async () => {
    const totalOf = async (query: object) => (await ana.api('GET /clients', { query })).body.total;
    for (const limit of [1, 5, 50])
      expect(await totalOf({ q: 'lima', limit })).toEqual({ value: expected.length, relation: 'eq' });
    const search = `'lima', false, '{"status": "active", "sort": "match"}'`;
    await db.query('begin');
    await db.query(`select set_config('app.clinic_id', clinic_id::text, true) from professionals where id = $1`, [
      ana.professionalId,
    ]);
    const count = async () =>
      (await db.query<{ count: number }>(`select app.count_clients(${search}, 1000) as count`)).rows[0]?.count;
    const counted = await db.query<{ count: number }>(
      `select count(*)::int as page, app.count_clients(${search}, 1000) as count
       from app.search_clients(${search}, null, null, 3)`,
    );
    expect(counted.rows).toEqual([{ page: 3, count: expected.length }]);
    await db.query(`update clients set archived_at = now() where professional_id = $1 and first_name = 'Limara'`, [
      ana.professionalId,
    ]);
    expect(await count()).toBe(expected.length - 1);
    await db.query('rollback');
  });

  it('is who comes first by name, where that is asked for', async () => {
    const byName = expected.toSorted((one, other) => one.localeCompare(other, 'pt-BR'));
    expect(await list(ana, { q: 'lima', sort: 'name', limit: 2 })).toEqual(byName);
    expect(await list(ana, { q: '', sort: 'match' })).toEqual(byName);
  });

  it('is who has all words at the beginning of words, in whichever order', async () => {
    expect(await list(ana, { q: 'lim an' })).toEqual(['Ana Lima']);
    expect(await list(ana, { q: 'barreto lima' })).toEqual(['Lima Barreto']);
  });
});

describe('a search for something else than a name', () => {
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    ({ ana, bruno } = await openClinic());
    const people: ClientInput[] = [
      { firstName: 'Olinda', lastName: 'Reis', dateOfBirth: '1980-12-31' },
      { firstName: 'Maria', address: { city: 'Olinda' }, tags: ['Diabética'], dateOfBirth: '2012-12-31' },
      {
        firstName: 'João',
        address: { city: 'São José dos Campos', state: 'SP' },
        tags: ['diabetica'],
        dateOfBirth: '1912-03-01',
      },
      { firstName: 'Zoé', address: { city: 'São José', state: 'SC' } },
      { firstName: 'Yara', address: { city: 'São José do Rio Preto', state: 'SP' } },
    ];
    for (const body of people) await ana.api('POST /clients', { body });
    await bruno.api('POST /clients', { body: { firstName: 'Bruna', address: { city: 'Olinda' } } });
  });

  it.each([
    ['olinda', ['Olinda Reis', 'Bruna', 'Maria']],
    ['maria olinda', ['Maria']],
    ['OLÍNDA maria', ['Maria']],
    ['diabetica', ['João', 'Maria']],
    ['diabética olinda', ['Maria']],
    ['são josé dos campos', ['João']],
    ['sao jose', ['Zoé']],
    ['joão sao jose dos campos', ['João']],
    ['joão sao jose dos campos sp', ['João']],
    ['sao jose sc', ['Zoé']],
    ['sao jose sp', []],
    ['são josé do rio preto', ['Yara']],
    ['São José do Rio Preto/SP', ['Yara']],
    ['São José do Rio Preto - SP', ['Yara']],
    ['yara são josé do rio preto, sp', ['Yara']],
    ['yara sp', ['Yara']],
    ['31/12', ['Maria', 'Olinda Reis']],
    ['31/12/1980', ['Olinda Reis']],
    ['31/12/80', ['Olinda Reis']],
    ['1/3/12', ['João']],
    ['01/03/1912', ['João']],
    ['1980-12-31', ['Olinda Reis']],
    ['31/12/1981', []],
    ['40/12', []],
    ['12/31', []],
  ])('finds who has it: %s', async (q, found) => {
    const { api } = ana;
    const { body } = await api('GET /clients', { query: { q } });
    expect(body.items.map(({ firstName, lastName }) => [firstName, lastName].join(' ').trim())).toEqual(found);
    expect(body.total).toEqual({ value: found.length, relation: 'eq' });
  });

  it('finds nobody whom the person does not reach', async () => {
    expect(await list(bruno, { q: 'olinda' })).toEqual(['Bruna']);
    expect(await list(bruno, { q: '31/12' })).toEqual([]);
    expect(await list(bruno, { q: 'olinda', status: 'archived' })).toEqual([]);
  });
});

describe('a search with thousands of matches', () => {
  let ana: SignedIn;
  let clinic: string;
  const first = ['Bia', 'João', 'Joana', 'Ana', 'Juliana', 'Zé'];
  const last = ['Lima', 'João', 'Souza', 'Ferrão', 'Joanes'];

  beforeAll(async () => {
    ({ ana } = await openClinic());
    const { rows } = await db.query<{ clinic_id: string }>('select clinic_id from professionals where id = $1', [
      ana.professionalId,
    ]);
    clinic = rows[0]?.clinic_id ?? '';
    await db.query(
      `insert into clients (clinic_id, professional_id, first_name, last_name)
       select $1, $2, ($3::text[])[1 + n % 6], ($4::text[])[1 + n / 6 % 5] || ' ' || n
       from generate_series(1, 15000) as n`,
      [clinic, ana.professionalId, first, last],
    );
    await db.query('vacuum analyze clients');
  });

  /** The order as it is described, told without any of the functions that search. */
  async function sortPlainly(word: string): Promise<string[]> {
    const { rows } = await db.query<{ name: string }>(
      `select full_name as name from (
         select full_name, id, unaccent(lower(full_name)) as plain from clients where clinic_id = $1 and archived_at is null
       ) as c
       where plain like '%' || $2 || '%'
       order by case when plain like $2 || '%' then 1 when plain like '% ' || $2 || '%' then 2 else 3 end, full_name, id`,
      [clinic, word],
    );
    return rows.map(({ name }) => name);
  }

  const walk = async (q: string) => list(ana, { q, limit: 200 });

  beforeEach(async () => {
    await db.query('update clients set in_search_index = true where clinic_id = $1 and not in_search_index', [clinic]);
    await db.query('update imports set clients_wait = false where clinic_id = $1', [clinic]);
  });

  it.each(['joao', 'ana', 'lima', 'oan'])('has the same order on every page: %s', async (word) => {
    const expected = await sortPlainly(word);
    expect(expected.length).toBeGreaterThan(1000);
    expect(await walk(word)).toEqual(expected);
  });

  it('counts further than its page did where it is asked to', async () => {
    await db.query('select app.fold_client_counts(100000)');
    await db.query(`select set_config('app.clinic_id', $1, false)`, [clinic]);
    const { rows } = await db.query<{ page: string; counted: number }>(
      `select (select count(*) from app.search_clients('joao', false, $1, null, null, 50)) as page,
        app.count_clients('joao', false, $1, 10000) as counted`,
      [{ status: 'active', sort: 'match' }],
    );
    expect(rows).toEqual([{ page: '50', counted: (await sortPlainly('joao')).length }]);
  });

  it('has the same order for somebody whom colleagues lend clients', async () => {
    const search = async (conditions: object, after?: { readonly key: string; readonly id: string }) => {
      await db.query(`select set_config('app.clinic_id', $1, false)`, [clinic]);
      const { rows } = await db.query<{ id: string; key: string }>(
        `select id, app.rank_client('joa', false, full_name, search_text) || full_name as key
         from app.search_clients('joa', false, $1, $2, $3, 700) with ordinality as found (id, place)
         join clients using (id) order by place`,
        [{ status: 'active', sort: 'match', ...conditions }, after?.key, after?.id],
      );
      return rows;
    };
    const { rows: named } = await db.query<{ id: string }>(
      `select id from clients where clinic_id = $1 and last_name like 'Joanes%' limit 50`,
      [clinic],
    );
    const lent = { owners: [ana.professionalId], clients: named.map(({ id }) => id) };
    let after: Awaited<ReturnType<typeof search>>[number] | undefined;
    const ranks = new Set<string | undefined>();
    for (let page = 0; page < 16; page++) {
      const own = await search({ professionalId: ana.professionalId }, after);
      expect(await search(lent, after)).toEqual(own);
      after = own.at(-1);
      ranks.add(after?.key[0]);
    }
    expect([...ranks]).toEqual(['1', '2', undefined]);
  });

  it('has the same order and number while clients wait for the search index', async () => {
    const settled = await walk('joao');
    const counted = (await ana.api('GET /clients', { query: { q: 'joao' } })).body.total;
    await db.query(
      `with job as (
         insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, status, clients_wait)
         values ($1, $2, $2, 'web', false, 'skip', 'done', true)
       ) update clients set in_search_index = false where clinic_id = $1 and right(id::text, 1) > '7'`,
      [clinic, ana.professionalId],
    );
    await db.query('update imports set clients_wait = true where clinic_id = $1', [clinic]);
    expect(await walk('joao')).toEqual(settled);
    expect((await ana.api('GET /clients', { query: { q: 'joao' } })).body.total).toEqual(counted);
    expect(counted).toEqual({ value: 1000, relation: 'gte' });
  });
});
