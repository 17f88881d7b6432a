import { setTimeout as sleep } from 'node:timers/promises';
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
    log: pino({ level: 'info' }, { write: (line) => logged.push(line) }),
    jobs: [
      runJob(job, ({ importId }) => {
        done.push(importId);
        return Promise.resolve();
      }),
    ],
    places: 2,
    around: (_, work) => work(),
    isFinal: () => false,
    onFailure: () => undefined,
  });
  try {
    await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('worker_stopped');
    // While it cannot be started either, this is not told again.
    await sleep(4000);
    const told = logged.map((line) => JSON.parse(line) as { event: string; err?: unknown });
    expect(told.filter(({ event }) => event === 'worker_stopped')).toMatchObject([
      { err: { message: 'timeout exceeded when trying to connect' } },
    ]);
    expect(told.map(({ event }) => event)).not.toContain('worker_started');
    taken.release();
    await pool.query(`select graphile_worker.add_job('run_import', '{"importId": "one"}'::json)`);
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['one']);
    expect(worker.isAlive()).toBe(true);
    expect(JSON.parse(logged.at(-1) ?? '')).toMatchObject({ event: 'worker_started' });
  } finally {
    await worker.stop();
    await pool.end();
  }
});

it('drops a job whose failure trying again cannot mend, and tries every other one again', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  const failures: unknown[] = [];
  const logged: string[] = [];
  const job = defineJob({ name: 'send_mail', payload: z.object({ words: z.string() }), worker: 'quick' });
  const worker = await startWorker({
    pool,
    url: database.url,
    log: pino({ level: 'warn' }, { write: (line) => logged.push(line) }),
    jobs: [runJob(job, ({ words }) => Promise.reject(new Error(words)))],
    places: 1,
    around: (_, work) => work(),
    isFinal: (error) => (error as Error).message === 'no such mailbox',
    onFailure: (error) => failures.push(error),
  });
  const waiting = async () =>
    (
      await pool.query<{ attempts: number; words: string }>(
        `select attempts, payload ->> 'words' as words from graphile_worker._private_jobs where locked_at is null and attempts > 0`,
      )
    ).rows;
  try {
    await pool.query(`select graphile_worker.add_job('send_mail', '{"words": "no such mailbox"}'::json)`);
    await pool.query(`select graphile_worker.add_job('send_mail', '{"words": "come back later"}'::json)`);
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([{ attempts: 1, words: 'come back later' }]);
    const { rows } = await pool.query('select from graphile_worker._private_jobs');
    expect(rows).toHaveLength(1);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'job_dropped', task: 'send_mail', cause: 'Error' },
      { event: 'job_failed' },
    ]);
    expect(failures).toMatchObject([{ message: 'come back later' }]);
  } finally {
    await worker.stop();
    await pool.end();
  }
});
