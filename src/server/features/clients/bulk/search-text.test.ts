import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTestDatabase } from '../../../../../tests/support/database.ts';
import { describeClient } from './search-text.ts';

let client: pg.Client;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ client, drop } = await connectTestDatabase());
});
afterAll(() => drop());

const text = fc.string({
  unit: fc.constantFrom(...Array.from("abzÁÀÂÃÄÉÊÍÓÔÕÖÚÜÇÑÝáàâãäåéèêëíìîïóòôõöúùûüçñýÿ’‘“”ªº'`-_. 09%\\|ßŁøДñ")),
  maxLength: 30,
});
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = fc.record({
  firstName: text.filter((name) => name !== ''),
  lastName: some(text),
  socialName: some(text),
  email: some(fc.constantFrom('Ana.Souza@Exemplo.com.br', 'x_y@z.org')),
  phone: some(fc.constantFrom('+5511987654321', '+351912345678')),
  secondaryPhone: some(fc.constantFrom('+551133334444')),
  document: some(fc.constantFrom('52998224725', '12ABC34501DE35')),
  'address.city': some(text),
  'address.state': some(fc.constantFrom('SP', 'BA')),
  'guardian.name': some(text),
  'guardian.phone': some(fc.constantFrom('+5511912345678', '+351912345678')),
  dateOfBirth: some(fc.constantFrom('1980-01-31', '2001-12-01')),
});

/** Drops undefined values. */
const present = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<string, string>;

it('describes clients as the database does, or leaves them to it', async () => {
  await fc.assert(
    fc.asyncProperty(record, fc.array(text, { maxLength: 3 }), async (values, tags) => {
      const own = describeClient(present(values), tags);
      if (own === undefined) return;
      const { rows } = await client.query<{ search_text: string; facets: string[] }>(
        `select app.client_search_text($1, $2, $3, $4, $5, $6, $7, $12, $13) as search_text,
          app.facets($8, $9, $10, $11) as facets`,
        [
          ...[
            values.document,
            values.phone,
            values.secondaryPhone,
            values.firstName,
            values.socialName,
            values.lastName,
          ],
          ...[values.email, tags, values['address.city'], values['address.state'], values.dateOfBirth],
          ...[values['guardian.name'], values['guardian.phone']],
        ],
      );
      expect({ search_text: own.searchText, facets: [...own.facets].sort() }).toEqual({
        search_text: rows[0]?.search_text,
        facets: [...(rows[0]?.facets ?? [])].sort(),
      });
    }),
    { numRuns: 300 },
  );
});
