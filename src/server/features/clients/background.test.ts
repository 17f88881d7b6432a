import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createPool } from '../../db/pool.ts';
import { Database } from '../../db/transaction.ts';
import { indexWaitingClients } from './background.ts';

describe('clients that wait for the search index', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let db: Database;

  const countWaiting = async (): Promise<number> =>
    (await pool.query<{ waiting: number }>('select count(*)::int as waiting from clients where not in_search_index'))
      .rows[0]?.waiting ?? 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.adminUrl, max: 4, idleSeconds: 10 });
    db = new Database(pool);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(async () => {
    await pool.query(
      `with c as (insert into clinics (name) values ('Clínica') returning id),
         p as (insert into professionals (clinic_id, email, first_name, role)
           select id, id || '@exemplo.test', 'Ana', 'professional' from c returning clinic_id, id)
       insert into clients (clinic_id, professional_id, in_search_index, first_name)
         select clinic_id, id, false, 'Zoé' from p, generate_series(1, 8500) as n`,
    );
  });

  it('are all taken in, in steps', async () => {
    expect([await indexWaitingClients(db, new AbortController().signal), await countWaiting()]).toEqual([8500, 0]);
  });

  it('wait for the next start when the process stops', async () => {
    expect([await indexWaitingClients(db, AbortSignal.abort()), await countWaiting()]).toEqual([4000, 4500]);
    expect(await indexWaitingClients(db, new AbortController().signal)).toBe(4500);
  });

  it('leave most of the time to people who use the server meanwhile', async () => {
    const measure = async (): Promise<number> => {
      const begun = performance.now();
      await indexWaitingClients(db, new AbortController().signal);
      return performance.now() - begun;
    };
    const alone = await measure();
    await pool.query('update clients set in_search_index = false');
    const person = await pool.connect();
    const beside = await measure().finally(() => {
      person.release();
    });
    // More than twice as many rows, and after each step five times its time.
    expect(beside).toBeGreaterThan(2 * alone);
    expect(await countWaiting()).toBe(0);
  });
});
