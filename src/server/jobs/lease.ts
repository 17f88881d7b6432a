import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createClient } from '../db/connect.ts';

const keyOf = "hashtextextended('acolhe worker ' || $1, 0)";

interface LeaseOptions {
  readonly url: string;
  /** The id that the worker locks its jobs with. */
  readonly workerId: string;
  /** Called with the ids of dead workers whose jobs were released. */
  readonly onHandedBack: (workerIds: readonly string[]) => void;
  /** Milliseconds between two checks of the other workers. */
  readonly interval?: number;
}

/**
 * Holds a lock that ends with its connection, which shows that this process is alive, and releases the jobs of workers
 * whose lock is gone: otherwise the queue would give a killed worker four hours to finish. Every process does this for
 * the others.
 */
export function holdLease({ url, workerId, onHandedBack, interval = 3000 }: LeaseOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): Promise<void> => sleep(interval, undefined, { signal }).catch(() => undefined);
  // A function, because the signal changes while something is awaited.
  const stopped = (): boolean => signal.aborted;

  async function run(): Promise<void> {
    while (!stopped()) {
      // Starts empty with each connection: workers that lost theirs when the database restarted get time to reconnect.
      let suspects: readonly string[] = [];
      try {
        const client = await takeLease(url, workerId);
        try {
          while (!stopped()) {
            suspects = await handBack(client, workerId, suspects, onHandedBack);
            await pause();
          }
        } finally {
          await client.end().catch(() => undefined);
        }
      } catch {
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
    // So that the server notices when this machine disappears without closing the connection.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await client.query(`select pg_advisory_lock(${keyOf})`, [workerId]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Releases the jobs of workers that hold no lease now and held none at the last check. Returns the new suspects. */
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
  const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${keyOf}) as free`, [workerId]);
  if (rows[0]?.free !== true) return true;
  await client.query(`select pg_advisory_unlock(${keyOf})`, [workerId]);
  return false;
}
