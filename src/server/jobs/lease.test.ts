import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTestDatabase } from '../../../tests/support/database.ts';
import { holdLease } from './lease.ts';

let url: string;
let client: pg.Client;
let drop: () => Promise<void>;
const logged: { readonly event: string }[] = [];
const log = pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line) as { event: string }) });

beforeAll(async () => {
  ({ url, client, drop } = await connectTestDatabase());
});
afterAll(() => drop());

const locked = async (): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>(
    'select locked_by as id from graphile_worker._private_jobs where locked_by is not null order by 1',
  );
  return rows.map(({ id }) => id);
};

it('hands back the jobs of workers that are gone, and leaves those of the living alone', async () => {
  const queue = `select graphile_worker.add_job('send_sign_in_code', '{}'::json, queue_name := $1)`;
  for (const worker of ['alive', 'gone']) {
    await client.query(queue, [worker]);
    for (const table of ['_private_jobs', '_private_job_queues'])
      await client.query(
        `update graphile_worker.${table} set locked_by = $1, locked_at = now() - interval '1 minute' where locked_by is null`,
        [worker],
      );
  }
  const handedBack: string[] = [];
  const leases = ['alive', 'watching'].map((workerId) =>
    holdLease({ url: url, workerId, interval: 200, log, onHandedBack: (ids) => handedBack.push(...ids) }),
  );
  await expect.poll(locked, { timeout: 10_000 }).toEqual(['alive']);
  await sleep(1000);
  expect(await locked()).toEqual(['alive']);
  expect(new Set(handedBack)).toEqual(new Set(['gone']));
  const { rows } = await client.query(
    `select queue_name from graphile_worker._private_job_queues where locked_by is null`,
  );
  expect(rows).toEqual([{ queue_name: 'gone' }]);
  await Promise.all(leases.map((lease) => lease.stop()));
});

it('takes its lease again after the connection was lost', async () => {
  const lease = holdLease({ url: url, workerId: 'steady', interval: 100, log, onHandedBack: () => undefined });
  const holders = async () => {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'acolhe lease' and datname = current_database()`,
    );
    return rows.map(({ pid }) => pid);
  };
  await expect.poll(holders).toHaveLength(1);
  const [first] = await holders();
  await client.query('select pg_terminate_backend($1)', [first]);
  await expect.poll(async () => (await holders()).filter((pid) => pid !== first)).toHaveLength(1);
  await expect.poll(() => logged.map(({ event }) => event)).toEqual(['lease_lost', 'lease_held']);
  expect(logged[0]).toHaveProperty('err.stack');
  await lease.stop();
  expect(logged).toHaveLength(2);
});
