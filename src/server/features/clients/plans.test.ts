import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import {
  becomeApplication,
  catchStatements,
  measureCost,
  measureFastest,
  recordStatements,
} from '../../../../tests/support/statements.ts';
import type { ClientListQuery } from '../../../shared/contracts/clients.ts';
import { plainStanding, wholeClinic } from '../../../shared/permissions.ts';
import { onlyRow } from '../../db/rows.ts';
import { type Compiled, sql } from '../../db/sql.ts';
import { Database, type Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { readBirthdays } from './birthday-queries.ts';
import { countLimitOf, listClientPage } from './listing.ts';
import { findClientJson } from './json-queries.ts';
import { countFilterValues, readClientPage } from './list-queries.ts';
import type { ClientConditions, ListRequest } from './list-request.ts';

const clinic = '01900000-0000-7000-8000-000000000001';
const professional = '01900000-0000-7000-8000-000000000105';

/** A clinic whose clients were imported a moment ago: search does not know them yet. */
const importing = '01900000-0000-7000-8000-000000000002';
const importer = '01900000-0000-7000-8000-000000000205';

interface Population {
  readonly clinic: string;
  /** Its professionals' ids, but for the last digit. */
  readonly owners: string;
  readonly clients: number;
  readonly waits: boolean;
}

/** Clients of one clinic: few common first names, thousands of surnames, some rare values. */
const population = ({ clinic: id, owners, clients, waits }: Population): string => `
  with names as (
    select array['Maria','José','Ana','João','Antônio','Francisca','Carlos','Paulo','Conceição','Sebastião','Luíza','Márcia',
        'Tereza','Cauã','Íris','Otávio','Ângela','Thaís','Vitória','Heloísa'] as first,
      array['da Silva','dos Santos','Oliveira','Souza','Gonçalves','Ferreira','Araújo','Ribeiro','Magalhães','D’Ávila'] as last,
      array['ba','ce','di','fo','gu','la','me','ni','pro','qui','ra','se','ti','vo','xa','zé','lhão','nço','bri','cla'] as part
  ), people as materialized (
    select n, app.uuid_v7() as id, ('${owners}' || n % 10)::uuid as professional_id,
      first[1 + floor(20 * power(random(), 2))::int] as first_name,
      last[1 + floor(10 * power(random(), 2))::int] || ' '
        || initcap(part[1 + n * 7 % 20] || part[1 + n / 20 % 20] || part[1 + n / 400 % 20]) as last_name,
      'cliente' || n || '@exemplo.test' as email, '+5511' || 900000000 + n as phone,
      lpad((n * 7919::bigint % 99999999999)::text, 11, '0') as document, date '1940-01-01' + n * 37 % 30000 as date_of_birth,
      case when n % 5000 = 0 then 'Embu-Guaçu' else (array['São Paulo','Campinas','Santos','Osasco'])[1 + n % 4] end as city,
      case when n % 2000 = 0 then 'AC' else 'SP' end as state,
      case when n % 5000 = 0 then '{rara}' when n % 3 = 0 then '{pilates}' else '{}' end::text[] as tags,
      now() - n * interval '1 minute' as at, case when n % 50 = 0 then now() end as archived_at
    from generate_series(1, ${String(clients)}) as n, names
  )
  insert into clients (clinic_id, id, professional_id, first_name, last_name, email, phone, document, date_of_birth, city, state,
    tags, created_at, updated_at, archived_at, in_search_index, search_text, facets)
  select '${id}', id, professional_id, first_name, last_name, email, phone, document, date_of_birth, city, state, tags, at, at,
    archived_at, ${String(!waits)}, app.client_search_text(document, phone, null, first_name, null, last_name, email),
    app.facets(tags, city, state, date_of_birth)
  from people`;

const personOf = (clinicId: string, professionalId: string, role: Actor['role']): Actor => ({
  ...{ clinicId, professionalId, ...plainStanding(role) },
  sessionId: clinicId,
  requestId: 'plans',
  address: '127.0.0.1',
  accessUntil: new Date(),
});

describe('with a hundred thousand clients in one clinic', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let plans: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.adminUrl);
    await client.connect();
    await openClinic(clinic, professional.slice(0, -1));
    await fill();
    await client.query(`load 'auto_explain'`);
    await client.query(`set auto_explain.log_level = notice; set auto_explain.log_nested_statements = on`);
    await becomeApplication(client, clinic);
    client.on('notice', ({ message }) => plans.push(message ?? ''));
  }, 180_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** A clinic with ten professionals; `owners` is their ids but for the last digit. */
  const openClinic = (id: string, owners: string): Promise<unknown> =>
    client.query(
      `with opened as (insert into clinics (id, name) values ('${id}', 'Grande') returning id)
       insert into professionals (clinic_id, id, email, first_name, role)
       select id, ('${owners}' || n)::uuid, '${owners}' || n || '@grande.test', 'P', 'professional'
       from opened, generate_series(0, 9) as n`,
    );

  /** Inserts the rows before the indexes, without triggers: seconds instead of a minute. */
  async function fill(): Promise<void> {
    const { rows } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition from pg_index
        where indrelid = 'clients'::regclass and not indisprimary`,
    );
    await client.query('set session_replication_role = replica');
    // A fixed seed, so that the people are always the same.
    await client.query('select setseed(0.5)');
    for (const { name } of rows) await client.query(`drop index ${name}`);
    await client.query(population({ clinic, owners: professional.slice(0, -1), clients: 100_000, waits: false }));
    for (const { definition } of rows) await client.query(definition);
    await client.query(`insert into client_words select distinct '${clinic}'::uuid, word
      from (select distinct first_name || ' ' || last_name as name from clients) as names, app.words_of(name) as word`);
    await client.query('set session_replication_role = origin');
    await client.query('select app.recount_clients()');
    await client.query('vacuum analyze clients, client_words, client_counts');
  }

  const statementsOf = (request: ListRequest): Promise<Compiled<unknown>[]> =>
    recordStatements(client, async (tx) => {
      await readClientPage(tx, request, undefined);
      await tx.run(
        sql`select app.count_clients(${request.query}, ${request.near}, ${JSON.stringify(request.conditions)}, ${countLimitOf(request)})`,
      );
    });

  /** The statements that a request's handler sends, executed as its clinic's. */
  async function statementsOfRequest(
    of: string,
    handle: (db: Database) => Promise<unknown>,
  ): Promise<Compiled<unknown>[]> {
    await becomeApplication(client, of);
    return recordStatements(client, (tx) =>
      handle(
        Object.assign(Object.create(Database.prototype) as Database, {
          read: (_session: unknown, work: (tx: Transaction) => Promise<unknown>) => work(tx),
        }),
      ),
    );
  }

  /** Milliseconds that the database needs. */
  const measure = async ({ sql, parameters }: Compiled<unknown>): Promise<number> => {
    const { rows } = await client.query<{ 'QUERY PLAN': { 'Execution Time': number }[] }>(
      `explain (analyze, format json) ${sql}`,
      [...parameters],
    );
    return rows[0]?.['QUERY PLAN'][0]?.['Execution Time'] ?? Infinity;
  };

  /** The plans of a statement and of the statements inside its functions. */
  async function plansOf({ sql, parameters }: Compiled<unknown>, of = clinic): Promise<string> {
    await client.query('reset role; set auto_explain.log_min_duration = 0');
    await becomeApplication(client, of);
    plans = [];
    await client.query(sql, [...parameters]);
    const found = plans.join('\n');
    await client.query('reset role; set auto_explain.log_min_duration = -1');
    await becomeApplication(client, of);
    return found;
  }

  const after = { key: 'Maria da Silva Bacebri', id: '01900000-0000-7000-8000-000000000000' };

  it.each<[query: string, conditions?: Partial<ClientConditions>, more?: Partial<ListRequest>]>([
    [''],
    ['', {}, { after }],
    ['', { sort: '-createdAt' }],
    ['', { sort: '-updatedAt' }],
    ['', { status: 'archived' }],
    ['', { professionalId: professional }],
    ['', { city: 'embu guacu' }],
    ['', { state: 'AC' }],
    ['', { tag: 'rara' }],
    ['', { tag: 'pilates' }],
    ['', { birthMonth: 2 }],
    ['', { birthMonth: 2, tag: 'rara', state: 'SP' }],
    ['maria'],
    ['maria silva'],
    ['vitória'],
    ['silva', { tag: 'rara' }],
    ['gonçalves conceição'],
    ['m'],
    ['ma si'],
    ['x'],
    ['bacela'],
    ['davila'],
    ['maria', { sort: '-updatedAt' }],
    ['maria', { professionalId: professional }],
    ['maria', {}, { after }],
    ['maria', { status: 'archived' }],
    ['99999'],
    ['(11) 90009-9999'],
    ['cliente99999@exemplo.test'],
    ['nobody at all'],
    ['goncalvez', {}, { near: true }],
    ['mraia silvo', {}, { near: true }],
    ['zzzzqq', {}, { near: true }],
    ['maria zzzzqq', {}, { near: true }],
    ['maria oliveira', { tag: 'rara' }, { near: true }],
  ])(
    '“%s” %j %j: by index, in less than 20 ms',
    async (query, conditions, more) => {
      const request: ListRequest = {
        query,
        near: false,
        conditions: { status: 'active', sort: 'name', ...conditions },
        after: undefined,
        limit: 50,
        ...more,
      };
      for (const statement of await statementsOf(request)) {
        const plan = await plansOf(statement);
        if (/Scan .*on clients\b/.test(plan)) expect(plan).toMatch(/Index (Only )?Scan/);
        expect(plan).not.toMatch(/Seq Scan on clients\b/);
        expect(await measureFastest(client, () => measure(statement), 20)).toBeLessThan(20);
      }
    },
    60_000,
  );

  /** As it is asked for: its page, the best matches first, and its count, in one statement. */
  it.each<[query: string, buffers: number, conditions?: Partial<ClientConditions>]>([
    ['maria', 1000],
    ['silva', 3500],
    ['silva', 3500, { professionalId: professional }],
    ['maria silva', 16_000],
    ['bacela', 300],
    ['99999', 900],
    ['900099999', 600],
    ['nobody at all', 200],
  ])('a search for “%s” looks at no more than %i pages %j', async (query, buffers, conditions) => {
    const request: ListRequest = {
      ...{ query, near: false, after: undefined, limit: 50 },
      conditions: { status: 'active', sort: 'match', ...conditions },
    };
    const statement = onlyRow(await recordStatements(client, (tx) => readClientPage(tx, request, 1000)));
    const cost = await measureCost(client, statement, 'clients', () => becomeApplication(client, clinic));
    expect(cost.buffers).toBeLessThanOrEqual(buffers);
  });

  it.each([
    ['the clinic', wholeClinic, 500],
    ['one professional', { whole: false, professionalId: professional } as const, 100],
  ])('what lists of %s are narrowed by: from the kept counts, in less than %3$i ms', async (_, scope, most) => {
    const statements = await catchStatements((tx) => countFilterValues(tx, scope, 200));
    for (const statement of statements) {
      expect(await plansOf(statement)).not.toMatch(/Scan .*on clients\b/);
      expect(await measureFastest(client, () => measure(statement), most)).toBeLessThan(most);
    }
  });

  it('birthdays of a week: by the index of facets, the rows of a month at most', async () => {
    const week = { scope: wholeClinic, from: '2027-02-10', days: 7, limit: 200 };
    const statement = onlyRow(await recordStatements(client, (tx) => readBirthdays(tx, week)));
    expect(await plansOf(statement)).toContain('clients_facets_idx');
    const cost = await measureCost(client, statement, 'clients', () => becomeApplication(client, clinic));
    expect(cost.rows).toBeGreaterThan(200);
    expect(cost.rows).toBeLessThanOrEqual(9000);
  });

  it('finds what it should', async () => {
    const find = async (query: string, near = false) => {
      const { rows } = await client.query<{ count: number }>('select app.count_clients($1, $2, $3, 1000) as count', [
        query,
        near,
        { status: 'active' },
      ]);
      return rows[0]?.count;
    };
    expect(await find('(11) 90009-9999')).toBe(1);
    expect(await find('goncalvez')).toBe(0);
    expect(await find('goncalvez', true)).toBe(1000);
  });

  describe('and forty thousand in another, imported a moment ago', () => {
    beforeAll(async () => {
      const owners = importer.slice(0, -1);
      await client.query('reset role');
      await openClinic(importing, owners);
      await client.query('set session_replication_role = replica');
      await client.query(population({ clinic: importing, owners, clients: 40_000, waits: true }));
      await client.query('set session_replication_role = origin');
      await client.query('select app.recount_clients()');
      // As an import leaves them, and the periodic task a second later.
      await client.query(
        `select gin_clean_pending_list('clients_facets_idx'), gin_clean_pending_list('clients_search_idx')`,
      );
      await client.query(`insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict, clients_wait)
        values ('${importing}', '${importer}', '${importer}', 'web', false, 'skip', true)`);
    }, 180_000);

    it.each<[conditions: Partial<ClientConditions>, index: string, more?: Partial<ListRequest>]>([
      [{}, 'clients_listed_idx'],
      [{}, 'clients_listed_idx', { after }],
      [{ professionalId: importer }, 'clients_listed_idx'],
      [{ professionalId: importer }, 'clients_listed_idx', { after }],
      [{ sort: '-createdAt' }, 'clients_pk'],
      [{ sort: '-updatedAt' }, 'clients_updated_idx'],
      [{ status: 'archived' }, 'clients_archived_idx'],
    ])('lists %j: by index, and no client but those of the page is read', async (conditions, index, more) => {
      const whole: ClientConditions = { status: 'active', sort: 'name', ...conditions };
      const request = { query: '', near: false, conditions: whole, after: undefined, limit: 50, ...more };
      await becomeApplication(client, importing);
      const both: string[] = [];
      for (const statement of await statementsOf(request)) both.push(await plansOf(statement, importing));
      const [page, count] = both;
      expect(page).toContain(`using ${index} on clients`);
      expect(page).not.toMatch(/Seq Scan on clients\b|Hash Join/);
      // It is kept.
      expect(count).not.toMatch(/Scan .*on clients\b/);
    });

    describe.each([
      ['search knows them', clinic, professional],
      ['they were imported a moment ago', importing, importer],
    ])('%s', (_, id, owner) => {
      const ana = personOf(id, owner, 'administrator');
      const bruno = personOf(id, owner, 'professional');

      it.each<[what: string, who: Actor, query: Partial<ClientListQuery>, most: { rows: number; buffers: number }]>([
        ['the clinic', ana, {}, { rows: 510, buffers: 700 }],
        ['one’s own clients', bruno, {}, { rows: 51, buffers: 150 }],
        ['the newest', ana, { sort: '-createdAt' }, { rows: 60, buffers: 150 }],
        ['what changed last', ana, { sort: '-updatedAt' }, { rows: 60, buffers: 150 }],
        ['the clinic from the end', ana, { sort: '-name' }, { rows: 570, buffers: 1500 }],
        ['the oldest', ana, { sort: 'createdAt' }, { rows: 150, buffers: 450 }],
        ['what changed longest ago', ana, { sort: 'updatedAt' }, { rows: 150, buffers: 450 }],
        ['a frequent city from the end', ana, { city: 'Campinas', sort: '-name' }, { rows: 700, buffers: 1600 }],
        ['the archive', ana, { status: 'archived' }, { rows: 51, buffers: 150 }],
        ['a frequent city', ana, { city: 'Campinas' }, { rows: 700, buffers: 1600 }],
        ['a rare city', ana, { city: 'Embu-Guaçu' }, { rows: 40, buffers: 200 }],
        ['a rare state', ana, { state: 'AC' }, { rows: 100, buffers: 250 }],
        ['a frequent tag', ana, { tag: 'pilates' }, { rows: 2100, buffers: 3500 }],
        ['a rare tag', ana, { tag: 'rara' }, { rows: 40, buffers: 200 }],
        ['a tag that nobody has', ana, { tag: 'nunca' }, { rows: 0, buffers: 120 }],
        ['a month of birth', ana, { birthMonth: 2 }, { rows: 4000, buffers: 4000 }],
        ['a month and a state', ana, { birthMonth: 2, state: 'SP' }, { rows: 5500, buffers: 5500 }],
        ['one’s own of a month', bruno, { birthMonth: 2 }, { rows: 1500, buffers: 2000 }],
      ])('a list of %s: one statement, few rows and pages, first and next page', async (_what, who, query, most) => {
        const ask = async (cursor?: string) => {
          let answer: Buffer = Buffer.alloc(0);
          const statements = await statementsOfRequest(id, async (db) => {
            answer = await listClientPage(db, who, { status: 'active', sort: 'name', limit: 50, cursor, ...query });
          });
          expect(statements).toHaveLength(1);
          const cost = await measureCost(client, onlyRow(statements), 'clients', () => becomeApplication(client, id));
          expect(cost.rows).toBeLessThanOrEqual(most.rows);
          expect(cost.buffers).toBeLessThanOrEqual(most.buffers);
          // Fifty clients of the kind above, and the cursor.
          expect(answer.byteLength).toBeLessThan(26_000);
          return (JSON.parse(answer.toString()) as { nextCursor: string | null }).nextCursor;
        };
        const next = await ask();
        if (next !== null) await ask(next);
      });

      // Reading it is recorded in the trail for many requests at once.
      it('one client: one statement, one row and few pages', async () => {
        await becomeApplication(client, id);
        const { rows } = await client.query<{ id: string }>('select id from clients limit 1');
        let json: string | undefined;
        const statements = await recordStatements(client, async (tx) => {
          json = (await findClientJson(tx, rows[0]?.id ?? '', wholeClinic, true))?.json;
        });
        expect(statements).toHaveLength(1);
        expect(await plansOf(onlyRow(statements), id)).toContain('using clients_pk');
        const cost = await measureCost(client, onlyRow(statements), 'clients', () => becomeApplication(client, id));
        expect(cost.rows).toBe(1);
        expect(cost.buffers).toBeLessThanOrEqual(8);
        expect(json?.length).toBeLessThan(1200);
      });
    });
  });
});
