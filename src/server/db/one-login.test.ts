import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sealEvents } from '../features/audit/service.ts';
import { seedDemoClinic } from '../features/demo/service.ts';
import { listSchemaDifferences } from './schema-types.ts';

/** Managed databases often give one login that may make no roles: the rules are then forced on that login itself. */
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
    expect(await sealEvents(server.db, 'all')).toBeGreaterThan(5);
  });

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
