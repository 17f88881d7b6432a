import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { BatchBuilder, type BatchLimits, type Statement } from './batch.ts';
import { createPool } from './pool.ts';

describe('a batch', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let client: pg.PoolClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.url, max: 1, idleSeconds: 60 });
    client = await pool.connect();
    await client.query('create table notes (id integer primary key, text text, at date)');
  });
  beforeEach(() => client.query('truncate notes'));
  afterAll(async () => {
    client.release();
    await pool.end();
    await database.drop();
  });

  /** Sends statements as one batch. @returns what became of each */
  const send = (
    statements: readonly (Pick<Statement, 'text'> & Partial<Statement>)[],
    limits: BatchLimits = {},
  ): Promise<PromiseSettledResult<pg.QueryResult>[]> => {
    const batch = new BatchBuilder();
    const answers = statements.map((statement) => batch.add({ name: undefined, values: [], ...statement }));
    batch.send(client, limits);
    return Promise.allSettled(answers);
  };
  const rowsOf = (answers: PromiseSettledResult<pg.QueryResult>[]): unknown[] =>
    answers.map((answer): unknown => (answer.status === 'fulfilled' ? answer.value.rows : answer.reason));
  const insert = { name: 'insert', text: 'insert into notes values ($1, $2, $3)' };

  it('gives each statement its own rows, with values of every kind', async () => {
    const answers = await send([
      { ...insert, values: [1, 'é "', '2026-11-29'] },
      { ...insert, values: [2, null, null] },
      { text: 'select id, text, at from notes order by id' },
      { text: '' },
      { text: 'select $1::text[] as list, $2::jsonb as object', values: [['a', 'b"'], { a: 1 }] },
    ]);
    expect(rowsOf(answers)).toEqual([
      [],
      [],
      [
        { id: 1, text: 'é "', at: '2026-11-29' },
        { id: 2, text: null, at: null },
      ],
      [],
      [{ list: ['a', 'b"'], object: { a: 1 } }],
    ]);
  });

  it.each([{}, { firstAnswer: 5000 }])('is one transaction, and settings end with it: %o', async (limits) => {
    const pid = { text: 'select txid_current()::text as transaction' };
    const setting = { text: `select set_config('app.clinic_id', 'here', true)` };
    const read = { text: `select current_setting('app.clinic_id', true) as clinic` };
    const [first, , within, second] = rowsOf(await send([pid, setting, read, pid], limits));
    expect(second).toEqual(first);
    expect(within).toEqual([{ clinic: 'here' }]);
    expect(rowsOf(await send([read], limits))).toEqual([[{ clinic: '' }]]);
  });

  it('undoes everything when one statement fails, and skips the rest', async () => {
    const later = { name: 'later', text: 'select count(*)::integer as count from notes' };
    const answers = await send([
      { ...insert, values: [1, 'a', null] },
      { ...insert, values: [1, 'b', null] },
      { ...insert, values: [2, 'c', null] },
      later,
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(rowsOf(answers).slice(1)).toEqual(
      Array.from({ length: 3 }, (): unknown => expect.objectContaining({ code: '23505' })),
    );
    // What was skipped was not prepared, and is prepared now.
    expect(rowsOf(await send([later, { ...insert, values: [3, 'd', null] }, later]))).toEqual([
      [{ count: 0 }],
      [],
      [{ count: 1 }],
    ]);
  });

  it('leaves out a statement whose value cannot be written, and answers the others with their own rows', async () => {
    const answers = await send([
      { text: 'select 1 as first' },
      { text: 'select $1::jsonb as object', values: [{ large: 1n }] },
      { text: 'select 2 as second' },
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(rowsOf(await send([{ text: 'select 3 as third' }]))).toEqual([[{ third: 3 }]]);
    expect([rowsOf(answers)[0], rowsOf(answers)[2]]).toEqual([[{ first: 1 }], [{ second: 2 }]]);
  });

  it('prepares a named statement once a connection', async () => {
    const named = { name: 'once', text: 'select $1::integer as number' };
    await send([{ ...named, values: [1] }]);
    await send([
      { ...named, values: [2] },
      { ...named, values: [3] },
    ]);
    const { rows } = await client.query(
      `select generic_plans + custom_plans as plans from pg_prepared_statements where name = 'once'`,
    );
    expect(rows).toEqual([{ plans: '3' }]);
  });

  it('ends the connection when its answer takes too long', async () => {
    const lone = await createPool({ url: database.url, max: 1, idleSeconds: 1 }).connect();
    const batch = new BatchBuilder();
    const answer = batch.add({ name: undefined, text: 'select pg_sleep(5)', values: [] });
    const begun = performance.now();
    batch.send(lone, { wholeAnswer: 300 });
    await expect(answer).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(4000);
    lone.release(true);
  });
});
