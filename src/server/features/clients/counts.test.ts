import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { becomeApplication } from '../../../../tests/support/statements.ts';

const clinics = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'] as const;
const ownersOf = (clinic: string): string[] =>
  ['a', 'b'].map((digit) => `${clinic.slice(0, -2)}${digit}${clinic.slice(-1)}`);

/** A statement of one of two connections, each in a transaction of its own; `at` chooses some clients by chance. */
type Step =
  | { readonly kind: 'write'; readonly by: 0 | 1; readonly sql: string; readonly clinic: string }
  | { readonly kind: 'end'; readonly by: 0 | 1; readonly how: 'commit' | 'rollback' }
  | { readonly kind: 'savepoint'; readonly by: 0 | 1; readonly sql: string; readonly clinic: string }
  | { readonly kind: 'fold'; readonly limit: number };

const cities = `(array['São Paulo', 'SAO PAULO', 'Embu', '', null])[1 + floor(random() * 5)::int]`;
const tags = `(array['{}', '{vip}', '{vip,b}', '{"a b",vip}'])[1 + floor(random() * 4)::int]::text[]`;

/** Statements as services, imports, merges and the release before send them. `$1` is the clinic, `$2` and `$3` its owners. */
const statements: readonly string[] = [
  `insert into clients (clinic_id, professional_id, first_name, city, state, tags, date_of_birth)
     select $1, (array[$2, $3]::uuid[])[1 + floor(random() * 2)::int], 'x', ${cities}, 'SP', ${tags}, date '2000-01-01' + n * 40
     from generate_series(1, 5) as n`,
  `insert into clients (clinic_id, professional_id, first_name, in_search_index, search_text, facets)
     select $1, $2, 'y' || $3, false, ' y', '{tag:import}' from generate_series(1, 7)`,
  `update clients set professional_id = case when professional_id = $2 then $3::uuid else $2::uuid end, version = version + 1
     where clinic_id = $1 and random() < 0.3`,
  `update clients set archived_at = case when archived_at is null then now() end where clinic_id = $1 and random() < 0.3 and $2 <> $3`,
  `update clients set city = ${cities}, tags = ${tags} where clinic_id = $1 and random() < 0.4 and $2 <> $3`,
  `update clients set profession = 'z', version = version + 1 where clinic_id = $1 and $2 <> $3`,
  `update clients set in_search_index = true where clinic_id = $1 and $2 <> $3`,
  `delete from clients where clinic_id = $1 and random() < 0.2 and $2 <> $3`,
  `select app.anonymize_client(id) from clients where clinic_id = $1 and $2 <> $3 limit 1`,
  // Changes and changes back within one statement of several parts.
  `with a as (update clients set archived_at = now() where clinic_id = $1 and archived_at is null and random() < 0.3 returning id)
     insert into clients (clinic_id, professional_id, first_name, archived_at) select $1, $2, $3, now() from a`,
];

const by = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('write' as const, 'savepoint' as const),
      by,
      sql: fc.constantFrom(...statements),
      clinic: fc.constantFrom(...clinics),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      by,
      how: fc.constantFrom('commit' as const, 'commit' as const, 'rollback' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fold' as const), limit: fc.constantFrom(1, 3, 1000) }) },
);

describe('kept counts', () => {
  let database: TestDatabase;
  let writers: readonly [pg.Client, pg.Client];
  let folder: pg.Client;
  let reader: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = async (): Promise<pg.Client> => {
      const client = new pg.Client(database.adminUrl);
      await client.connect();
      return client;
    };
    [writers, folder, reader] = [[await connect(), await connect()], await connect(), await connect()];
    for (const clinic of clinics) {
      await folder.query(`insert into clinics (id, name) values ($1, 'C')`, [clinic]);
      for (const owner of ownersOf(clinic))
        await folder.query(
          `insert into professionals (clinic_id, id, email, first_name, role) values ($1, $2, $3, 'P', 'professional')`,
          [clinic, owner, `${owner}@contas.test`],
        );
    }
  });
  afterAll(async () => {
    await Promise.all([...writers, folder, reader].map((client) => client.end()));
    await database.drop();
  });

  /** Kept counts that differ from those of the table, as this connection sees both. */
  const differences = async (client: pg.Client, ofClinic: string | undefined): Promise<unknown[]> => {
    const kept = `select clinic_id, facet, archived, professional_id, sum(clients) as clients from (
        select clinic_id, facet, archived, professional_id, clients from client_counts
        union all select clinic_id, facet, archived, professional_id, change from client_count_changes
      ) as noted group by 1, 2, 3, 4 having sum(clients) <> 0`;
    const counted = `select clinic_id, facet, archived_at is not null, professional_id, count(*)
      from clients, unnest(array_remove(facets || array['', 'written:' || city], null)) as facet group by 1, 2, 3, 4`;
    const { rows } = await client.query<Record<string, unknown>>(
      `(${kept} except ${counted}) union all (${counted} except ${kept})`,
    );
    if (ofClinic === undefined) return rows;
    // And what a list shows: the number of rows that the policies let through.
    const owners = [undefined, ...ownersOf(ofClinic)];
    const lists = owners.flatMap((professionalId) =>
      ['active', 'archived'].flatMap((status) =>
        [{}, { city: 'sao paulo' }, { tag: 'vip' }, { state: 'SP' }, { birthMonth: 3 }].map((filter) => ({
          ...filter,
          status,
          professionalId,
        })),
      ),
    );
    const totals = await client.query<{ c: unknown; kept: number; counted: number }>(
      `select c, app.count_clients('', false, c, 1000000) as kept, (
          select count(*)::integer from clients where (archived_at is not null) = (c ->> 'status' = 'archived')
            and (not c ? 'professionalId' or professional_id = (c ->> 'professionalId')::uuid)
            and facets @> app.wanted_facets(c)
        ) as counted from jsonb_array_elements($1) as c`,
      [JSON.stringify(lists)],
    );
    return [...rows, ...totals.rows.filter((row) => row.kept !== row.counted)];
  };

  const run = async (of: Step): Promise<void> => {
    if (of.kind === 'fold') {
      await folder.query('select app.fold_client_counts($1)', [of.limit]);
      return;
    }
    const writer = writers[of.by];
    if (of.kind === 'end') {
      await writer.query(of.how);
      await writer.query('begin');
      return;
    }
    const [one, other] = ownersOf(of.clinic);
    await writer.query('savepoint here');
    await writer.query(of.sql, [of.clinic, one, other]).catch(async (error: unknown) => {
      // Somebody else has the row, or had it first.
      if (!['55P03', '40P01', '40001'].includes(String((error as pg.DatabaseError).code))) throw error;
      await writer.query('rollback to savepoint here');
    });
    if (of.kind === 'savepoint') await writer.query('rollback to savepoint here');
    expect(await differences(writer, undefined)).toEqual([]);
  };

  it('are those of the table at any time, in each transaction, whatever is written, rolled back and added up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        for (const writer of writers) await writer.query(`set lock_timeout = '20ms'; begin`);
        try {
          for (const each of steps) {
            await run(each);
            for (const clinic of clinics) {
              await becomeApplication(reader, clinic);
              expect(await differences(reader, clinic)).toEqual([]);
            }
          }
        } finally {
          for (const writer of writers) await writer.query('commit');
        }
        await folder.query('select app.fold_client_counts(100000)');
        expect(await differences(folder, undefined)).toEqual([]);
        const { rows } = await folder.query(
          'select from client_count_changes union all select from client_counts where clients <= 0',
        );
        expect(rows).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 180_000);

  it('come right again when rows were written without triggers', async () => {
    await folder.query('set session_replication_role = replica');
    await folder.query('delete from clients where random() < 0.5');
    await folder.query(
      `insert into clients (clinic_id, professional_id, first_name, facets) values ($1, $2, 'x', '{tag:new}')`,
      [clinics[0], ownersOf(clinics[0])[0]],
    );
    await folder.query('set session_replication_role = origin');
    expect(await differences(folder, undefined)).not.toEqual([]);
    await folder.query('select app.recount_clients()');
    expect(await differences(folder, undefined)).toEqual([]);
  });

  it('let writers of the same clinic go on while one is not done, and adding up go on beside them', async () => {
    const [one, two] = writers;
    const insert = [`insert into clients (clinic_id, professional_id, first_name) values ($1, $2, 'x')`] as const;
    const values = [clinics[0], ownersOf(clinics[0])[0]];
    await one.query('begin');
    await one.query(insert[0], values);
    await two.query(`set lock_timeout = '1s'`);
    await two.query(insert[0], values);
    await folder.query(`set lock_timeout = '1s'`);
    await folder.query('select app.fold_client_counts(100)');
    await one.query('commit');
    await becomeApplication(reader, clinics[0]);
    expect(await differences(reader, clinics[0])).toEqual([]);
  });
});
