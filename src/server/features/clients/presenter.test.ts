import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { definitionOf, fieldColumns, fieldNames, type FieldKind } from '../../../shared/client-fields.ts';
import { client as clientSchema, clientSummary } from '../../../shared/contracts/clients.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import { findClientJson } from './json-queries.ts';
import { readClientPage } from './list-queries.ts';
import { presentClient, presentClientSummary } from './presenter.ts';
import { findClient } from './queries.ts';

/** Text that is hard to write as JSON; PostgreSQL takes neither NUL nor lone surrogates. */
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0001', '\u001f', '\u007f', '\u0085'),
      fc.constantFrom('\u2028', '\u2029', '\u200d', '\ufeff', '\ufffe', "'", '😀', 'ça', '{', ','),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 20,
  })
  .map((value) => value.replaceAll('\0', ''));
const keys = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '10', '', 'a', 'aa'));

const valuesOf: Partial<Record<FieldKind, fc.Arbitrary<unknown>>> = {
  tags: fc.array(text, { maxLength: 3 }),
  columns: fc.option(fc.dictionary(keys, fc.option(text), { maxKeys: 4 }).map((value) => JSON.stringify(value))),
  date: fc.option(fc.constantFrom('0001-01-01', '1899-12-31', '2000-02-29', '9999-12-31')),
  name: text.map((value) => `x${value}`),
};

const instant = fc.option(
  fc.constantFrom(
    ...['0001-01-01 00:00:00.000001+00', '1969-12-31 23:59:59.999999+00', '2026-02-28 23:59:59.9995-03'],
    ...['2024-06-01 12:00:00.1239+05:30', '9999-12-31 23:59:59.999999+00', '2026-01-01 00:00:00+00'],
  ),
);

const record = fc.record({
  ...Object.fromEntries(
    fieldNames
      .filter((field) => definitionOf(field).kind !== 'professional')
      .map((field) => [fieldColumns[field], valuesOf[definitionOf(field).kind] ?? fc.option(text)]),
  ),
  phone_shared: fc.boolean(),
  archived_at: instant,
  created_at: instant.map((value) => value ?? '2026-01-01 00:00:00.123456+00'),
  updated_at: instant.map((value) => value ?? '2026-01-01 00:00:00.999999+00'),
});

describe('what the database writes as JSON is what the presenters say', () => {
  let server: TestServer;
  let people: SignedIn[];
  let clinicId: string;
  let id: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('json.test');
    people = await Promise.all(['ana', 'bruno', 'carla'].map((name) => server.signIn(`${name}@json.test`)));
    const [, bruno] = people;
    if (bruno === undefined) throw new Error('Bruno is signed in');
    id = (await bruno.api('POST /clients', { body: { firstName: 'x' } })).body.id;
    const [row] = await server.db.system((tx) =>
      tx.run(qb.selectFrom('clients').select('clinic_id').where('id', '=', id)),
    );
    clinicId = row?.clinic_id ?? '';
  });
  afterAll(() => server.stop());

  const write = (values: Record<string, unknown>): Promise<unknown> =>
    server.db.system((tx) =>
      tx.run(
        sql`update clients set ${sql.join(
          Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
        )}, merged_into = case when ${values['phone_shared']} then id end where id = ${id}`,
      ),
    );

  it('for a whole client and one of a list, whatever the values are, for each role', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (values) => {
        await write(values);
        const status = values.archived_at === null ? 'active' : 'archived';
        const [row, whole, registration, page] = await server.db.system(async (tx) => {
          await tx.run(sql`select set_config('app.clinic_id', ${clinicId}, true)`);
          const conditions = { status, sort: 'name' } as const;
          return Promise.all([
            findClient(tx, id, wholeClinic),
            findClientJson(tx, id, wholeClinic, true),
            findClientJson(tx, id, wholeClinic, false),
            readClientPage(tx, { query: '', near: false, conditions, after: undefined, limit: 1 }, 10),
          ]);
        });
        if (row === undefined) throw new Error('the client is there');
        expect(JSON.parse(whole?.json ?? '')).toEqual(presentClient(row, true));
        expect(JSON.parse(registration?.json ?? '')).not.toHaveProperty('notes');
        // Byte by byte, except that imported columns are written with spaces.
        expect(registration?.json).toBe(JSON.stringify(presentClient(row, false)));
        const items = JSON.stringify(presentClientSummary(row));
        expect(page).toEqual({ items, found: 1, key: row.full_name, id, total: 1 });
        expect(whole?.version).toBe(row.version);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('in answers to people of every role, which fit the contract', async () => {
    await write({ notes: 'em tratamento', extra: '{"a": null, "b": "c"}', archived_at: null, phone_shared: true });
    for (const [at, who] of people.entries()) {
      const role = ['administrator', 'professional', 'reception'][at] ?? '';
      const answer = await who.api('GET /clients/{id}', { params: { id } });
      expect(clientSchema.strict().parse(answer.body)).toEqual(answer.body);
      const clinical = ['notes', 'extra'].map((field) => field in answer.body);
      expect([role, ...clinical]).toEqual([role, role !== 'reception', role !== 'reception']);
      expect(answer.etag).toBe('"1"');
      const { items } = (await who.api('GET /clients')).body;
      expect(items.map((item) => clientSummary.strict().parse(item))).toEqual(items);
      expect(items).toHaveLength(1);
    }
  });
});
