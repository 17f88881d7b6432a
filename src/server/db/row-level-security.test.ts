import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sealEvents } from '../features/audit/service.ts';
import { foldClientCounts } from '../features/clients/background.ts';

const denied = '42501';

/** Runs statements as if a condition had been forgotten: without a clinic, or with another one. */
describe('row-level security behind the code', () => {
  let server: TestServer;
  let owner: pg.Client;
  let role: string;
  let mine: string;
  let other: string;
  let tables: { name: string; readable: boolean; columns: string }[];

  beforeAll(async () => {
    server = await startTestServer();
    for (const domain of ['minha.test', 'outra.test']) {
      await server.createClinic(domain);
      const ana = await server.signIn(`ana@${domain}`);
      const created = await ana.api('POST /clients', {
        body: { firstName: 'Cliente', lastName: domain },
        headers: { 'idempotency-key': 'a' },
      });
      await ana.api('GET /clients/{id}', { params: { id: created.body.id } });
      const { body: second } = await ana.api('POST /clients', { body: { firstName: 'Cliente', lastName: domain } });
      const pair: [string, string] = [created.body.id, second.id];
      await ana.api('POST /duplicates/dismissals', { body: { clientIds: pair } });
      await ana.api('POST /duplicates/merge', {
        body: { winnerId: pair[0], loserId: pair[1], winnerEtag: '*', loserEtag: '*' },
      });
    }
    await sealEvents(server.db, 'all');
    // Otherwise a periodic task empties a table in between.
    await foldClientCounts(server.db);
    owner = new pg.Client(server.database.url);
    await owner.connect();
    const { rows: facts } = await owner.query<{ role: string; mine: string; other: string }>(
      `select 'acolhe_app_' || oid as role, (select id from clinics where name like '%minha%') as mine,
        (select id from clinics where name like '%outra%') as other
        from pg_database where datname = current_database()`,
    );
    ({ role, mine, other } = facts[0] ?? { role: '', mine: '', other: '' });
    const { rows } = await owner.query<(typeof tables)[number]>(
      `select table_name as name, has_table_privilege($1, table_name::regclass, 'select') as readable,
        string_agg(quote_ident(column_name), ', ') filter (where is_generated = 'NEVER') as columns
        from information_schema.columns where table_schema = 'public'
        group by table_name having bool_or(column_name = 'clinic_id') order by table_name`,
      [role],
    );
    tables = rows;
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  /** Runs one statement as requests do and rolls it back. Without a clinic: as a request that never called app.enter. */
  async function asApplication(clinicId: string | null, sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
    await owner.query('begin');
    try {
      await owner.query(`select set_config('app.clinic_id', $1, true)`, [clinicId ?? '']);
      await owner.query(`set local role ${role}`);
      return await owner.query(sql);
    } finally {
      await owner.query('rollback');
    }
  }

  const outcomeOf = (clinicId: string | null, sql: string): Promise<string | number | null> =>
    asApplication(clinicId, sql).then(
      ({ rowCount }) => rowCount,
      (error: unknown) => (error as pg.DatabaseError).code ?? String(error),
    );

  const clinicsIn = async (clinicId: string | null, table: string): Promise<unknown[]> =>
    (await asApplication(clinicId, `select distinct clinic_id from ${table}`)).rows.map((row) => row['clinic_id']);

  it('is on for every table of a clinic that requests may read, and the others they may not touch', async () => {
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['access_codes', 'audit_events', 'clients', 'client_merges', 'duplicate_dismissals']),
    );
    for (const { name, readable } of tables)
      if (readable) {
        const { rows } = await owner.query(`select relrowsecurity from pg_class where relname = $1`, [name]);
        expect(rows, name).toEqual([{ relrowsecurity: true }]);
      } else
        for (const statement of [
          `select from ${name}`,
          `delete from ${name}`,
          `update ${name} set clinic_id = clinic_id`,
        ])
          expect(await outcomeOf(mine, statement), statement).toBe(denied);
  });

  it('shows one clinic at a time, and none to a request that entered none', async () => {
    for (const { name, readable } of tables) {
      if (!readable) continue;
      const { rows } = await owner.query<{ clinic_id: string }>(`select distinct clinic_id from ${name}`);
      const filled = rows.length > 0;
      expect(await clinicsIn(mine, name), name).toEqual(filled ? [mine] : []);
      expect(await clinicsIn(other, name), name).toEqual(filled ? [other] : []);
      expect(await clinicsIn(null, name), name).toEqual([]);
    }
    const { rows } = await asApplication(mine, 'select id from clinics');
    expect(rows).toEqual([{ id: mine }]);
    expect((await asApplication(null, 'select id from clinics')).rows).toEqual([]);
    expect(await outcomeOf('not-a-clinic', 'select from clients')).toBe('22P02');
  });

  it('lets nothing be written for another clinic', async () => {
    for (const { name, readable, columns } of tables) {
      if (!readable) continue;
      const values = columns.replace(/\bclinic_id\b/, `'${other}'::uuid`);
      const insert = await outcomeOf(mine, `insert into ${name} (${columns}) select ${values} from ${name}`);
      const move = await outcomeOf(mine, `update ${name} set clinic_id = '${other}'`);
      // The attempts below copy or move a row, so there has to be one.
      const { rows } = await owner.query(`select from ${name} where clinic_id = $1`, [mine]);
      const expected = rows.length > 0 ? [denied] : [denied, 0];
      expect(expected, `insert into ${name}`).toContain(insert);
      expect(expected, `update ${name}`).toContain(move);
      for (const statement of [
        `update ${name} set clinic_id = clinic_id where clinic_id = '${other}'`,
        `delete from ${name} where clinic_id = '${other}'`,
      ])
        expect([denied, 0], statement).toContain(await outcomeOf(mine, statement));
    }
  });

  it('holds in the functions that search as the owner', async () => {
    const search = `select c.clinic_id from app.search_clients('cliente', false, '{"status": "active"}', null, null, 10) as s
      join clients c using (id)`;
    expect((await asApplication(mine, search)).rows).toEqual([{ clinic_id: mine }]);
    const ids = `select * from app.search_clients('', false, '{"status": "active"}', null, null, 10)`;
    expect((await asApplication(mine, ids)).rows).toHaveLength(1);
    expect((await asApplication(null, ids)).rows).toEqual([]);
    const count = `select app.count_clients('', false, '{"status": "active"}', 10) as count`;
    expect((await asApplication(null, count)).rows).toEqual([{ count: 0 }]);
  });

  it('holds in the function that finds the records of one person', async () => {
    const { rows } = await owner.query<{ winner_id: string }>(
      `select winner_id from client_merges where clinic_id = $1`,
      [other],
    );
    const records = `select count(*)::integer as count from app.records_of('${rows[0]?.winner_id ?? ''}')`;
    expect((await asApplication(other, records)).rows).toEqual([{ count: 2 }]);
    // Only the id that was asked for.
    expect((await asApplication(mine, records)).rows).toEqual([{ count: 1 }]);
  });

  it('takes neither deletes, nor definitions, nor what belongs to nobody yet', async () => {
    for (const statement of [
      'delete from clients',
      'truncate clients',
      'delete from audit_events',
      'update client_versions set changes = null',
      'alter table clients disable row level security',
      'drop policy clinic on clients',
      'create table public.mine ()',
      'create table app.mine ()',
      'select from sign_in_guards',
      'select from rate_limits',
      'select from schema_migrations',
      'select from graphile_worker.jobs',
      'set session authorization postgres',
    ])
      expect(await outcomeOf(mine, statement), statement).toBe(denied);
  });
});
