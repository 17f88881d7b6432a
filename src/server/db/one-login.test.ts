import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { importFile, undoImport } from '../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sealEvents } from '../features/audit/service.ts';
import { seedDemoClinic } from '../features/demo/api.ts';
import { sql } from './sql.ts';
import { listSchemaDifferences } from './schema-types.ts';

/** Managed databases often have only one login, which may not create roles. The policies then apply to that login itself. */
describe('with a login that may not make roles', () => {
  const login = `one_login_${randomBytes(4).toString('hex')}`;
  let server: TestServer;
  let bruno: SignedIn;
  let url: string;
  let admin: pg.Client;
  let client: pg.Client;

  beforeAll(async () => {
    const { adminUrl } = inject('testServer');
    admin = new pg.Client(adminUrl);
    await admin.connect();
    await admin.query(`create role ${login} login password '${login}' nosuperuser nocreaterole nocreatedb`);
    await admin.query(`create database ${login} owner ${login}`);
    url = Object.assign(new URL(adminUrl), { username: login, password: login, pathname: `/${login}` }).href;
    server = await startTestServer({ DATABASE_URL: url });
    // Seeding writes clients and more in one transaction of the system.
    expect(await seedDemoClinic(server.db)).toBe(true);
    await server.createClinic('uma.test');
    await server.createClinic('outra.test');
    bruno = await server.signIn('bruno@uma.test');
    client = new pg.Client(url);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
    await admin.query(`drop database ${login} with (force)`);
    await admin.query(`drop role ${login}`);
    await admin.end();
  });

  it('works all the same', async () => {
    const body = { firstName: 'Conceição', lastName: 'Gonçalves', phone: '(11) 98765-4321', notes: 'nota' };
    const { id } = (await bruno.api('POST /clients', { body, headers: { 'idempotency-key': 'k' } })).body;
    for (const q of ['goncalves', 'goncalvez', '4321', 'conceição gon'])
      expect((await bruno.api('GET /clients', { query: { q } })).body.items.map((item) => item.id)).toEqual([id]);
    const params = { id };
    const headers = { 'if-match': '*' };
    await bruno.api('PATCH /clients/{id}', { params, headers, body: { lastName: 'Souza' } });
    await bruno.api('DELETE /clients/{id}', { params, headers });
    await bruno.api('POST /clients/{id}/restore', { params });
    const history = await bruno.api('GET /clients/{id}/history', { params });
    expect(history.body.items.map(({ action }) => action)).toEqual(['restore', 'archive', 'update', 'create']);
    expect(await bruno.api('GET /clients/export.csv')).toMatchObject({ status: 200 });
    await expect(bruno.api('POST /clients', { body })).rejects.toMatchObject({ problem: { code: 'duplicate_phone' } });
    // The server seals by itself too.
    await sealEvents(server.db, 'all');
    const seals = sql<{ count: number }>`select count(*)::int as count from audit_seals`;
    expect((await server.db.system((tx) => tx.run(seals)))[0]?.count).toBeGreaterThan(5);
  });

  it(
    'imports a large file, finds its clients at once, takes them into the index, and undoes it',
    { timeout: 180_000 },
    async () => {
      const rows = Array.from({ length: 2500 }, (_, n) => `Lote ${String(n)};119${String(81_000_000 + n)}`);
      const file = ['nome;fone', ...rows].join('\n');
      const job = await importFile(bruno, file);
      expect(job).toMatchObject({ status: 'done', created: 2500 });
      const found = async () => (await bruno.api('GET /clients', { query: { q: 'lote' } })).body.total;
      expect(await found()).toEqual({ value: 1000, relation: 'gte' });
      const countWaiting = async () => {
        await client.query(`begin; select set_config('app.system', 'on', true)`);
        const { rows } = await client.query<{ waiting: string }>(
          `select (select count(*) from clients where not in_search_index)
          + (select count(*) from imports where clients_wait) as waiting`,
        );
        await client.query('rollback');
        return rows[0]?.waiting;
      };
      await expect.poll(countWaiting, { timeout: 90_000 }).toBe('0');
      expect(await found()).toEqual({ value: 1000, relation: 'gte' });
      const changed = file.replace('Lote 7;', 'Lote Sete;');
      expect(await importFile(bruno, changed)).toMatchObject({ created: 0, conflicts: 1, unchanged: 2499 });
      expect(await undoImport(bruno, job.id)).toMatchObject({ status: 'undone' });
      expect(await found()).toEqual({ value: 0, relation: 'eq' });
    },
  );

  it('keeps clinics apart by the same rules', async () => {
    const vera = await server.signIn('ana@outra.test');
    expect((await vera.api('GET /clients')).body.items).toEqual([]);
    const { rows: nobody } = await client.query('select from clients');
    expect(nobody).toEqual([]);
    await client.query('begin');
    await client.query(`select set_config('app.system', 'on', true)`);
    const { rows } = await client.query<{ id: string; name: string }>('select id, name from clinics');
    await client.query(`select set_config('app.system', 'off', true), set_config('app.clinic_id', $1, true)`, [
      rows.find(({ name }) => name.includes('uma'))?.id,
    ]);
    const seen = await client.query<{ clinics: string }>('select count(distinct clinic_id) as clinics from clients');
    expect(seen.rows).toEqual([{ clinics: '1' }]);
    const foreign = rows.find(({ name }) => name.includes('outra'))?.id;
    await expect(client.query('update clients set clinic_id = $1', [foreign])).rejects.toMatchObject({ code: '42501' });
    await client.query('rollback');
  });

  it('has the same tables as everywhere', async () => {
    expect(await listSchemaDifferences(url)).toEqual([]);
  });
});
