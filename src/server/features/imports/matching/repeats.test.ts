import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { wholeClinic } from '../../../../shared/permissions.ts';
import { plainDates } from '../../../db/pool.ts';
import { BulkClients } from '../../clients/bulk-api.ts';
import type { ImportRow } from '../reading/rows/rows.ts';
import { ImportTransaction } from '../running/import-transaction.ts';
import { writeDecisions } from '../running/write-decisions.ts';
import type { Counts } from './decisions.ts';
import type { OnConflict } from '../../../../shared/import-choices.ts';
import { matchRows } from './match-rows.ts';

const clinicId = '01900000-0000-7000-8000-000000000001';
const professionalId = '01900000-0000-7000-8000-000000000002';
const importId = '01900000-0000-7000-8000-000000000003';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url, types: plainDates });
  await client.connect();
  await client.query(`insert into clinics (id, name) values ('${clinicId}', 'Repetida')`);
  await client.query(`insert into professionals (clinic_id, id, email, first_name, role)
    values ('${clinicId}', '${professionalId}', 'ana@repetida.test', 'Ana', 'administrator')`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

type Values = ImportRow['values'];

interface Way {
  readonly rowsPerChunk: number;
  /** Many: which keys are known is first asked of a filter. */
  readonly expectedRows: number;
  readonly dryRun: boolean;
  readonly onConflict: OnConflict;
}

interface Imported {
  readonly counts: Counts;
  /** What each client has in the end; of a dry run nothing. */
  readonly clients: readonly string[];
}

/** Imports rows, and takes all of it back. */
async function importRows(rows: readonly Values[], way: Way): Promise<Imported> {
  const transaction = new ImportTransaction(client);
  await transaction.begin();
  try {
    const clients = await BulkClients.open(client, {
      ...{ clinicId, importId, actorId: professionalId, sessionId: null },
      ...{ action: 'import', indexLater: false, dryRun: way.dryRun, scope: wholeClinic },
    });
    const decisions = matchRows(inBatches(rows), clients, {
      rules: {
        ...{ professionalId, onConflict: way.onConflict, ownOnly: false, exact: false },
        ...{ apart: new Set<number>(), owners: new Map<string, string>(), archived: new Set<string>() },
      },
      expectedRows: way.expectedRows,
      limit: undefined,
      columnOf: () => 1,
      rowsPerChunk: way.rowsPerChunk,
    });
    const { counts } = await writeDecisions(decisions, {
      ...{ clients, bookings: undefined, report: () => Promise.resolve() },
    });
    const { rows: stored } = await client.query<{ values: string }>(
      `select concat_ws('|', full_name, phone, email, document, date_of_birth, profession, phone_shared, version) as values
        from clients where clinic_id = '${clinicId}' order by 1`,
    );
    return { counts, clients: stored.map(({ values }) => values) };
  } finally {
    await transaction.rollback();
  }
}

async function* inBatches(rows: readonly Values[]): AsyncGenerator<ImportRow[]> {
  for (const [at, values] of rows.entries())
    yield await Promise.resolve([
      {
        ...{ line: at + 2, cells: [], values, tags: undefined, extra: undefined },
        ...{ splitName: false, sharedPhone: false, phoneStandsIn: false, leftOut: 0, hasCompletedPhone: false },
      },
    ]);
}

const phone = fc.constantFrom('+5511987650001', '+5511987650002', '+5511987650003');
const email = fc.constantFrom('ana@exemplo.com.br', 'Bia@exemplo.com.br', 'bia@exemplo.com.br');
const document = fc.constantFrom('52998224725', '11144477735', '39053344705');
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const row: fc.Arbitrary<Values> = fc
  .record({
    firstName: fc.constantFrom('Ana', 'Bia', 'Caio'),
    lastName: fc.constantFrom('Souza', 'Lima'),
    ...{ phone: some(phone), email: some(email), document: some(document) },
    dateOfBirth: some(fc.constantFrom('1980-05-05', '2010-05-05')),
    profession: fc.constantFrom('Médica', 'Motorista'),
  })
  .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));

/** Known by their documents, with a phone that changes. */
const mover: fc.Arbitrary<Values> = fc
  .record({ at: fc.nat({ max: 3 }), phone, email: some(email) })
  .map(({ at, email: mail, ...values }) => ({ ...movers[at], ...values, ...(mail !== undefined && { email: mail }) }));
const [ana, bia, caio, davi] = [
  { firstName: 'Ana', document: '52998224725' },
  { firstName: 'Bia', document: '11144477735' },
  { firstName: 'Caio', document: '39053344705' },
  { firstName: 'Davi' },
];
const movers = [ana, bia, caio, davi];
const [one, two, three] = ['1', '2', '3'].map((end) => ({ phone: `+551198765000${end}` }));

const rows = fc.array(fc.oneof(row, mover), { minLength: 2, maxLength: 30 });
const moves = fc.array(mover, { minLength: 2, maxLength: 30 });
const way = fc.record({
  rowsPerChunk: fc.integer({ min: 1, max: 4 }),
  expectedRows: fc.constantFrom(100, 100_000),
  onConflict: fc.constantFrom<OnConflict>('skip', 'update', 'create'),
});

describe('people who come again in one file', () => {
  it('find each other at any distance as they do side by side, in a dry run too', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(rows, moves), way, async (people, { rowsPerChunk, expectedRows, onConflict }) => {
        const apart = { rowsPerChunk, expectedRows, onConflict };
        const together = await importRows(people, { ...apart, rowsPerChunk: people.length, dryRun: false });
        expect(await importRows(people, { ...apart, dryRun: false })).toEqual(together);
        expect((await importRows(people, { ...apart, dryRun: true })).counts).toEqual(together.counts);
      }),
      { numRuns: 60 },
    );
  });

  const whoMove: [rowsPerChunk: number, onConflict: OnConflict, people: Values[]][] = [
    // Bia, just written, takes the phone that Ana gives up.
    [2, 'skip', [{ ...ana, ...one }, davi, { ...bia, ...two }, davi, { ...ana, ...three }, { ...bia, ...one }]],
    // Caio comes back to the phone of his first row, which is not the one that was written.
    [
      2,
      'skip',
      [
        { ...caio, ...three },
        { ...caio, ...one },
        { ...caio, ...three },
        { ...ana, ...one },
        { ...ana, ...one },
      ],
    ],
    // Caio comes back to his phone, which somebody shares by now.
    [
      3,
      'create',
      [
        { ...caio, ...two },
        { ...bia, ...two },
        { ...ana, ...one },
        { ...caio, ...one },
        { ...caio, ...two },
        { ...davi, ...two },
      ],
    ],
  ];
  it.each(whoMove)('may give phones to each other: %i rows at a time, %s', async (rowsPerChunk, onConflict, people) => {
    const way = { rowsPerChunk, expectedRows: 100_000, onConflict, dryRun: false };
    const together = await importRows(people, { ...way, rowsPerChunk: people.length });
    expect(await importRows(people, way)).toEqual(together);
  });
});
