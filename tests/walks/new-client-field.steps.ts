import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/server/db/migrate.ts';
import { writeSchemaTypes } from '../../src/server/db/schema-types.ts';
import type { Client } from '../../src/shared/contracts/clients.ts';
import { makeCreationBody, emptyValues, toFormValues } from '../../src/web/features/clients/form/form-model.ts';
import { importFile } from '../support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../support/server.ts';

// Run by new-client-field.test.ts, in a copy of the sources with one more field, `motherName`.

let server: TestServer;
let ana: SignedIn;
beforeAll(async () => {
  server = await startTestServer();
  // The migration of the new field: the databases of tests are copies of one without it.
  await migrate(server.database.url);
  await writeSchemaTypes(server.database.url);
  await server.createClinic('campo.test');
  ana = await server.signIn('ana@campo.test');
});
afterAll(() => server.stop());

/** A body with the new field, which the original's types do not have. */
const mother = (name: string): Record<string, string> => ({ motherName: name });
const readMother = (client: object): unknown => (client as Record<string, unknown>)['motherName'];

async function create(firstName: string, name: string): Promise<{ client: Client; etag: string }> {
  const { body, headers } = await ana.api('POST /clients', { body: { firstName, ...mother(name) } });
  return { client: body, etag: headers.get('etag') ?? '' };
}

it('is accepted, shown, changed, and told of in the history', async () => {
  const { client, etag } = await create('Ana', 'Rosa');
  expect(readMother(client)).toBe('Rosa');
  const { id } = client;
  await ana.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': etag }, body: mother('Rosa Lima') });
  expect(readMother((await ana.api('GET /clients/{id}', { params: { id } })).body)).toBe('Rosa Lima');
  const { items } = (await ana.api('GET /clients/{id}/history', { params: { id } })).body;
  expect(items[0]?.changes).toEqual([{ field: 'motherName', from: 'Rosa', to: 'Rosa Lima' }]);
  await expect(create('Longa', 'x'.repeat(151))).rejects.toMatchObject({ status: 422 });
});

it('is recognised in a file and comes back in the export', async () => {
  const job = await importFile(ana, 'nome;telefone;Nome da mãe\nBia Prado;11987650001;Clara\n');
  expect(job).toMatchObject({ status: 'done', created: 1 });
  expect(job.columns.map(({ meaning }) => meaning)).toEqual(['fullName', 'phone', 'motherName']);
  const answer = await fetch(`${server.address}/api/v1/clients/export.csv?q=Bia`, {
    headers: { authorization: `Bearer ${ana.accessToken}` },
  });
  const [header = '', bia = ''] = (await answer.text()).split('\r\n').map((line) => line.split(','));
  expect(bia[header.indexOf('motherName')]).toBe('Clara');
});

it('is chosen where two records are merged', async () => {
  const [winner, loser] = [await create('Eva', 'Dora'), await create('Eva', 'Dora Reis')];
  const { body } = await ana.api('POST /duplicates/merge', {
    body: {
      winnerId: winner.client.id,
      loserId: loser.client.id,
      winnerEtag: winner.etag,
      loserEtag: loser.etag,
      fields: Object.fromEntries([['motherName', 'loser']]),
    },
  });
  expect(readMother(body.client)).toBe('Dora Reis');
});

it('is emptied where the client is anonymised', async () => {
  const { id } = (await create('Iva', 'Nair')).client;
  const admin = new pg.Client(server.database.adminUrl);
  await admin.connect();
  // Records are kept for 20 years; only the superuser can move one into the past.
  await admin.query('set session_replication_role = replica');
  await admin.query(`update clients set created_at = created_at - interval '21 years' where id = $1`, [id]);
  await admin.query(`update client_versions set at = at - interval '21 years' where client_id = $1`, [id]);
  await admin.end();
  const { body } = await ana.api('POST /clients/{id}/anonymize', { params: { id } });
  expect(readMother(body)).toBeNull();
});

it('is filled in by the form', async () => {
  expect(makeCreationBody({ ...emptyValues, firstName: 'Lia', ...mother('Sara') })).toEqual({
    firstName: 'Lia',
    ...mother('Sara'),
  });
  const { client } = await create('Lia', 'Sara');
  expect(readMother(toFormValues(client))).toBe('Sara');
});
