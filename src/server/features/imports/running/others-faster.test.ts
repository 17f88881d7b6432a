import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openImportClinic } from '../../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../../tests/support/server.ts';

let server: TestServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  client = new pg.Client(server.database.adminUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

// As if an import did not know a client that it has written itself.
beforeEach(() =>
  client.query(`
    create sequence attempts minvalue 0;
    select nextval('attempts');
    grant all on sequence attempts to public;
    create function meet() returns trigger language plpgsql as $$
    begin
      if exists (select from new_clients where phone = '+5511987650001' and import_id is not null) then
        perform nextval('attempts');
        raise 'taken' using errcode = 'unique_violation', schema = 'public', table = 'clients', constraint = 'clients_phone_key';
      end if;
      return null;
    end $$;
    create trigger meet after insert on clients referencing new table as new_clients
      for each statement execute function meet()`),
);
afterEach(() => client.query('drop trigger meet on clients; drop function meet; drop sequence attempts'));

const file = 'nome;telefone\nAna;11987650001\n';
const countAttempts = async (): Promise<number> =>
  Number((await client.query<{ last_value: string }>('select last_value from attempts')).rows[0]?.last_value);

it('blames nobody when two people of a file meet and nobody else changed anything', async () => {
  const { ana } = await openImportClinic(server);
  const { status, failure } = await importFile(ana, file);
  expect({ status, code: failure?.code }).toEqual({ status: 'failed', code: 'internal' });
  expect(await countAttempts()).toBe(1);
});

it('starts over twice where somebody else changed clients, and then says so', async () => {
  const { ana } = await openImportClinic(server);
  await ana.api('POST /clients', { body: { firstName: 'Bia', phone: '+5511987650002' } });
  const { status, failure } = await importFile(ana, file);
  expect({ status, code: failure?.code }).toEqual({ status: 'failed', code: 'changed_meanwhile' });
  expect(await countAttempts()).toBe(3);
});
