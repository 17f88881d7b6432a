import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { listColumnDifferences } from './schema-types.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('compares columns without the development packages, too', async () => {
  expect(await listColumnDifferences(database.url)).toEqual([]);
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('alter table clinics drop column time_zone, add column colour text');
  await client.query('alter table passkeys alter column name drop not null');
  await client.query('create table left_over (id integer not null)');
  await client.end();
  expect(await listColumnDifferences(database.url)).toEqual([
    'Clinics.colour: the database has a column that may be empty, the code does not know it',
    'Clinics.time_zone: the code expects a column, the database has no such column',
    'DB.left_over: the database has a column, the code does not know it',
    'LeftOver.id: the database has a column, the code does not know it',
    'Passkeys.name: the code expects a column, the database has a column that may be empty',
  ]);
});
