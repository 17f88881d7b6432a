import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { defineJob, runJob } from './definition.ts';
import { startWorker } from './worker.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('finds jobs again after its first look for them got no connection', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 2, connectionTimeoutMillis: 300 });
  const done: string[] = [];
  const logged: string[] = [];
  const job = defineJob({ name: 'run_import', payload: z.object({ importId: z.string() }), worker: 'long' });
  // One connection is taken and the other one listens, so none is left to look for jobs.
  const taken = await pool.connect();
  const worker = await startWorker({
    pool,
    url: database.url,
    log: pino({ level: 'error' }, { write: (line) => logged.push(line) }),
    jobs: [
      runJob(job, ({ importId }) => {
        done.push(importId);
        return Promise.resolve();
      }),
    ],
    places: 2,
    around: (_, work) => work(),
    onFailure: () => undefined,
  });
  try {
    await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('worker_stopped');
    taken.release();
    await pool.query(`select graphile_worker.add_job('run_import', '{"importId": "one"}'::json)`);
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['one']);
    expect(worker.isAlive()).toBe(true);
  } finally {
    await worker.stop();
    await pool.end();
  }
});
