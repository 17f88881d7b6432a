import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { becomeApplication, catchStatements, measureFastest } from '../../../../tests/support/statements.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import { listPairs, type PairsRequest } from './pair-queries.ts';

const clinic = '01900000-0000-7000-8000-000000000001';
const professional = '01900000-0000-7000-8000-000000000105';

/**
 * 100,000 clients: birth dates in eighty years, families of three with one phone, couples with one e-mail, an e-mail and a birth
 * date that a thousand have as a placeholder, and 500 people who are registered twice. Only these 500 are likely duplicates,
 * because families and couples were born on different days.
 */
const population = `
  with names as (
    select array['Maria','José','Ana','João','Antônio','Francisca','Carlos','Paulo','Conceição','Íris'] as first,
      array['da Silva','dos Santos','Oliveira','Souza','Gonçalves','Ferreira','Araújo','Magalhães','D’Ávila'] as last,
      array['ba','ce','di','fo','gu','la','me','ni','pro','qui','ra','se','ti','vo','xa','zé','lhão','nço','bri','cla'] as part
  ), people as (
    select n, case when n > 99500 then n - 99500 else n end as person, case when n > 99500 then 7919 else 0 end as other
    from generate_series(1, 100000) as n
  )
  insert into clients (clinic_id, professional_id, first_name, last_name, email, phone, phone_shared, date_of_birth, search_text)
  select '${clinic}', ('01900000-0000-7000-8000-00000000010' || n % 10)::uuid,
    first[1 + person * 31 % 10],
    last[1 + person * 17 % 9] || ' ' || initcap(part[1 + person % 20] || part[1 + person / 20 % 20] || part[1 + person / 400 % 20]),
    case when n % 100 = 0 then 'nao@tem.test' when n % 20 = 1 then 'casal' || n / 40 || '@exemplo.test' else 'c' || n || '@exemplo.test' end,
    '+5511' || 900000000 + case when n % 30 < 3 then n / 30 else n + 1000000 end, n % 30 in (1, 2),
    case when n % 90 = 0 then date '1900-01-01' else date '1940-01-01' + (person * 104729::bigint % 29200)::int end, '-'
  from people, names`;

describe('likely duplicates among a hundred thousand clients', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.adminUrl);
    await client.connect();
    await client.query(`insert into clinics (id, name) values ('${clinic}', 'Grande')`);
    await client.query(`insert into professionals (clinic_id, id, email, first_name, role)
      select '${clinic}', ('01900000-0000-7000-8000-00000000010' || n)::uuid, n || '@grande.test', 'P', 'professional'
      from generate_series(0, 9) as n`);
    // Without triggers and the search index, which is not needed here: seconds instead of a minute.
    await client.query('set session_replication_role = replica; drop index clients_search_idx');
    await client.query(population);
    await client.query('set session_replication_role = origin');
    await client.query('vacuum analyze clients');
    await client.query('set max_parallel_workers_per_gather = 0');
    await becomeApplication(client, clinic);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each<[string, PairsRequest, rows: number, total: number]>([
    ['the whole clinic', { scope: wholeClinic, after: undefined, limit: 51 }, 102, 400],
    ['one professional', { scope: { whole: false, professionalId: professional }, after: undefined, limit: 51 }, 0, 0],
  ])('are listed for %s in less than two seconds', { timeout: 60_000 }, async (_, request, length, total) => {
    const [statement] = await catchStatements((tx) => listPairs(tx, request));
    const list = async () => {
      const begun = performance.now();
      const { rows } = await client.query<{ total: number }>(statement?.sql ?? '', [...(statement?.parameters ?? [])]);
      expect(rows.length).toBeGreaterThanOrEqual(length);
      expect(rows[0]?.total ?? 0).toBeGreaterThanOrEqual(total);
      return performance.now() - begun;
    };
    expect(await measureFastest(client, list, 2000)).toBeLessThan(2000);
  });
});
