import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { createPool } from './pool.ts';
import { sql } from './sql.ts';
import { commitAlong, Database, type Transaction } from './transaction.ts';

describe('a change that is committed along with its last statements', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let db: Database;

  const insert = (tx: Transaction, id: number) =>
    tx.run(sql<{ id: number }>`insert into notes (id) values (${id}) returning id`);
  const listNotes = async (): Promise<number[]> =>
    (await pool.query<{ id: number }>('select id from notes order by id')).rows.map(({ id }) => id);

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.adminUrl, max: 2, idleSeconds: 10 });
    db = new Database(pool);
    await pool.query('create table notes (id integer primary key)');
  });
  beforeEach(() => pool.query('truncate notes'));
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('stands, with what was written before', async () => {
    const rows = await db.system(async (tx) => {
      await insert(tx, 1);
      const written = Promise.all([insert(tx, 2), insert(tx, 3)]);
      commitAlong(tx);
      return written;
    });
    expect(rows).toEqual([[{ id: 2 }], [{ id: 3 }]]);
    expect(await listNotes()).toEqual([1, 2, 3]);
  });

  it('is undone as a whole when one of them fails, and the connection is good for the next', async () => {
    const failing = db.system(async (tx) => {
      await insert(tx, 1);
      const written = Promise.all([insert(tx, 2), insert(tx, 1), insert(tx, 3)]);
      commitAlong(tx);
      return written;
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await listNotes()).toEqual([]);
    await db.system((tx) => insert(tx, 4));
    expect(await listNotes()).toEqual([4]);
  });

  it('takes no other statement', async () => {
    const late = db.system(async (tx) => {
      const written = insert(tx, 1);
      commitAlong(tx);
      await written;
      await insert(tx, 2);
    });
    await expect(late).rejects.toThrow('the transaction is over');
    expect(await listNotes()).toEqual([1]);
  });
});
