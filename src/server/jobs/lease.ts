import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { createClient } from '../db/connect.ts';
import { LastingFailure } from '../observability/lasting-failure.ts';

const lockKey = "hashtextextended('acolhe worker ' || $1, 0)";

interface LeaseOptions {
  readonly url: string;
  /** The id with which the worker locks its jobs. */
  readonly workerId: string;
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  /** Called with the ids of dead workers whose jobs were released. */
  readonly onHandedBack: (workerIds: readonly string[]) => void;
  /** Milliseconds between two checks of the other workers. */
  readonly interval?: number;
}

/**
 * Shows that this process is alive by an advisory lock that ends with its connection, and releases the jobs of workers whose
 * lock is gone. Every process does this for the others. Without it the queue would wait four hours for a killed worker.
 */
export function holdLease(options: LeaseOptions): { stop(): Promise<void> } {
  const { url, workerId, log, onHandedBack, interval = 3000 } = options;
  const loss = new LastingFailure(log, {
    failed: {
      level: 'warn',
      event: 'lease_lost',
      message: 'jobs of this process may be taken for those of a dead one',
    },
    over: { event: 'lease_held', message: 'other processes see again that this one lives' },
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): Promise<void> => sleep(interval, undefined, { signal }).catch(() => undefined);
  // A function, because TypeScript would not expect the signal to change during an await.
  const stopped = (): boolean => signal.aborted;

  async function run(): Promise<void> {
    while (!stopped()) {
      // Empty for each new connection: after a restart of the database the other workers need time to reconnect.
      let suspects: readonly string[] = [];
      try {
        const client = await takeLease(url, workerId);
        try {
          while (!stopped()) {
            suspects = await handBack(client, workerId, suspects, onHandedBack);
            loss.end();
            await pause();
          }
        } finally {
          await client.end().catch(() => undefined);
        }
      } catch (error) {
        if (!stopped()) loss.note(error);
        await pause();
      }
    }
  }

  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

async function takeLease(url: string, workerId: string): Promise<pg.Client> {
  const client = createClient(url, {
    connectionTimeoutMillis: 2500,
    query_timeout: 5000,
    keepAlive: true,
    application_name: 'acolhe lease',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Lets the server notice when this machine disappears without closing the connection.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await client.query(`select pg_advisory_lock(${lockKey})`, [workerId]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Releases the jobs of workers without a lease now and at the last check. @returns those without one now */
async function handBack(
  client: pg.Client,
  own: string,
  suspects: readonly string[],
  onHandedBack: LeaseOptions['onHandedBack'],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from (
      select locked_by as id from graphile_worker._private_jobs where locked_at < now() - interval '3 seconds'
      union
      select locked_by from graphile_worker._private_job_queues where locked_at < now() - interval '3 seconds'
    ) as holder where id is not null and id <> $1`,
    [own],
  );
  const gone: string[] = [];
  for (const { id } of rows) if (!(await isAlive(client, id))) gone.push(id);
  const again = gone.filter((id) => suspects.includes(id));
  if (again.length > 0) {
    await client.query('select graphile_worker.force_unlock_workers($1)', [again]);
    onHandedBack(again);
  }
  return gone;
}

async function isAlive(client: pg.Client, workerId: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${lockKey}) as free`, [workerId]);
  if (rows[0]?.free !== true) return true;
  await client.query(`select pg_advisory_unlock(${lockKey})`, [workerId]);
  return false;
}
