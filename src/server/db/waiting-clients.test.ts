import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { applyMigrations, migrate } from './migrate.ts';
import { listMigrations } from './migration-files.ts';

/** The number of buffers that a statement reads, including those of the functions it calls. */
async function countBuffers(client: pg.Client, statement: string): Promise<number> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number } }] }>(
    `explain (analyze, buffers, format json) ${statement}`,
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Shared Hit Blocks'] ?? Number.NaN;
}

/** Creates a clinic, its professional, and an import that is still running. */
async function openClinic(client: pg.Client): Promise<[clinic: string, professional: string, job: string]> {
  const { rows } = await client.query<{ clinic: string; ana: string; job: string }>(
    `with c as (insert into clinics (name) values ('Clínica') returning id),
       p as (insert into professionals (clinic_id, email, first_name, role)
         select id, id || '@exemplo.test', 'Ana', 'professional' from c returning clinic_id, id),
       i as (insert into imports (clinic_id, professional_id, created_by, source, dry_run, on_conflict)
         select clinic_id, id, id, 'web', false, 'skip' from p returning id)
     select c.id as clinic, p.id as ana, i.id as job from c, p, i`,
  );
  const { clinic = '', ana = '', job = '' } = rows[0] ?? {};
  return [clinic, ana, job];
}

const insertClients = (
  client: pg.Client,
  { clinic, ana, job, count, waits }: Record<'clinic' | 'ana' | 'job', string> & { count: number; waits: boolean },
) =>
  client.query(
    `insert into clients (clinic_id, professional_id, import_id, in_search_index, first_name, last_name)
       select $1, $2, $3, $4, 'Zoé', md5(n::text) from generate_series(1, $5) as n`,
    [clinic, ana, job, !waits, count],
  );

const search = (query: string, conditions: object = { sort: 'name' }): string =>
  `select id from app.search_clients('${query}', false, '${JSON.stringify({ status: 'active', ...conditions })}', null, null, 50)`;

describe('clients that wait for the search index', () => {
  let database: TestDatabase;
  let importer: pg.Client;
  let reader: pg.Client;
  let clinic: string;
  let ana: string;
  let job: string;

  const find = async (query: string): Promise<number | null> => (await reader.query(search(query))).rowCount;
  const insert = (count: number, waits: boolean) => insertClients(importer, { clinic, ana, job, count, waits });
  const end = () => importer.query(`update imports set status = 'done' where id = $1`, [job]);
  const isMarked = async (): Promise<boolean | undefined> =>
    (await reader.query<{ marked: boolean }>('select clients_wait as marked from imports where id = $1', [job])).rows[0]
      ?.marked;
  const index = async (limit: number): Promise<number | undefined> =>
    (await importer.query<{ taken: number }>('select app.index_clients($1) as taken', [limit])).rows[0]?.taken;

  beforeAll(async () => {
    database = await createTestDatabase();
    [importer, reader] = [new pg.Client(database.adminUrl), new pg.Client(database.adminUrl)];
    await Promise.all([importer.connect(), reader.connect()]);
  });
  afterAll(async () => {
    await Promise.all([importer.end(), reader.end()]);
    await database.drop();
  });
  beforeEach(async () => {
    [clinic, ana, job] = await openClinic(importer);
    await reader.query(`select set_config('app.clinic_id', $1, false)`, [clinic]);
  });

  it('are found as soon as their import is done, and are in the index later', async () => {
    await importer.query('begin');
    await insert(3, true);
    await end();
    expect(await find('zoe')).toBe(0);
    await importer.query('commit');
    expect([await isMarked(), await find('zoe'), await find('')]).toEqual([true, 3, 3]);
    expect([await index(2), await isMarked(), await find('zoe')]).toEqual([2, true, 3]);
    expect([await index(2), await isMarked(), await find('zoe')]).toEqual([1, false, 3]);
  });

  it('are listed and counted as they are later, whoever they belong to', async () => {
    const { rows } = await importer.query<{ id: string }>(
      `insert into professionals (clinic_id, email, first_name, role)
       select $1::uuid, n || '@' || $1::text || '.test', 'P', 'professional' from generate_series(1, 3) as n returning id`,
      [clinic],
    );
    const owners = [ana, ...rows.map(({ id }) => id)];
    for (const [at, owner] of owners.entries())
      await insertClients(importer, { clinic, ana: owner, job, count: 7, waits: at > 0 });
    await importer.query('update clients set archived_at = now() where clinic_id = $1 and last_name < $2', [
      clinic,
      '3',
    ]);
    await end();
    const lists = async (): Promise<unknown[]> => {
      const answers: unknown[] = [];
      for (const sort of ['name', '-name', '-createdAt', 'updatedAt', '-updatedAt'])
        for (const status of ['active', 'archived'])
          for (const professionalId of [undefined, owners[1]]) {
            const conditions = JSON.stringify({ sort, status, professionalId });
            const counted = await reader.query(`select app.count_clients('', false, $1, 10)`, [conditions]);
            const first = await page(conditions);
            const next = sort.endsWith('name') ? await page(conditions, first.at(-1)) : [];
            answers.push([conditions, counted.rows, first, next]);
          }
      return answers;
    };
    const page = async (conditions: string, after?: { readonly id: string; readonly full_name: string }) => {
      const found = await reader.query<{ id: string; full_name: string }>(
        `select id, full_name from app.search_clients('', false, $1, $2, $3, 5) with ordinality as found (id, place)
         join clients using (id) order by place`,
        [conditions, after?.full_name, after?.id],
      );
      return found.rows;
    };
    const waiting = await lists();
    expect([await isMarked(), await index(100), await isMarked()]).toEqual([true, 21, false]);
    expect(await lists()).toEqual(waiting);
  });

  it('cost nobody anything while their import still writes', async () => {
    // What a connection plans only once, it plans while hardly anybody is there.
    const searches = [{ sort: 'match' }, { sort: 'match', professionalId: ana }].map((kind) => search('zoe', kind));
    await importer.query('analyze clients');
    for (const statement of searches) await reader.query(statement);
    await importer.query('begin');
    await insert(5000, true);
    const walk = `select exists (select from clients where clinic_id = '${clinic}' and not in_search_index)`;
    expect(await countBuffers(reader, walk)).toBeGreaterThan(2000);
    await find('');
    expect(await countBuffers(reader, search(''))).toBeLessThan(200);
    for (const statement of [search('zoe'), ...searches])
      expect(await countBuffers(reader, statement)).toBeLessThan(200);
    await importer.query('rollback');
  });

  it('are looked for as long as one of them is locked', async () => {
    await insert(2, true);
    await end();
    await reader.query('begin');
    await reader.query('select from clients where clinic_id = $1 limit 1 for update', [clinic]);
    expect([await index(10), await isMarked()]).toEqual([1, true]);
    await reader.query('commit');
    expect([await index(10), await isMarked(), await find('zoe')]).toEqual([1, false, 2]);
  });

  it('are taken by two callers at once, each its own, and by no third', async () => {
    // Somebody of the same name is there: of two callers with a new word one waits for the other.
    await insert(1, false);
    await insert(5, true);
    await end();
    const third = new pg.Client(database.adminUrl);
    await third.connect();
    const take = async (client: pg.Client, limit: number) =>
      (await client.query<{ taken: number }>('select app.index_clients($1) as taken', [limit])).rows[0]?.taken;
    await Promise.all([importer.query('begin'), reader.query('begin')]);
    expect([await take(importer, 2), await take(reader, 2), await take(third, 2)]).toEqual([2, 2, 0]);
    await Promise.all([importer.query('commit'), reader.query('commit')]);
    expect([await isMarked(), await take(third, 2), await isMarked(), await find('zoe')]).toEqual([true, 1, false, 6]);
    await third.end();
  });

  it('are not looked for after an import that wrote into the index itself', async () => {
    await insert(2, false);
    await end();
    expect([await isMarked(), await find('zoe')]).toEqual([false, 2]);
  });

  it('are found where they waited before imports said so', async () => {
    const old = await createEmptyDatabase();
    const client = new pg.Client(old.url);
    await client.connect();
    await client.query('begin');
    const all = listMigrations();
    const later = all.findIndex(({ name }) => name === '0014_waiting_clients');
    await applyMigrations(client, all.slice(0, later), () => undefined);
    const [clinic, ana, job] = await openClinic(client);
    await insertClients(client, { clinic, ana, job, count: 2, waits: true });
    // As with a login that may not create roles.
    for (const table of ['clients', 'imports'])
      await client.query(`alter table ${table} enable row level security; alter table ${table} force row level security;
        create policy clinic on ${table} using (current_setting('app.system', true) = 'on')`);
    await client.query('commit');
    expect((await client.query('select from clients')).rowCount).toBe(0);
    await migrate(old.url);
    await client.query(`select set_config('app.clinic_id', $1, false)`, [clinic]);
    expect((await client.query(search('zoe'))).rowCount).toBe(2);
    await client.end();
    await old.drop();
  });
});
