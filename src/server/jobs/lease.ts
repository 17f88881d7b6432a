import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const keyOf = "hashtextextended('acolhe worker ' || $1, 0)";

interface LeaseOptions {
  readonly url: string;
  /** What the worker's jobs are locked by. */
  readonly workerId: string;
  /** Told of workers that are gone and whose jobs were handed back. */
  readonly onHandedBack: (workerIds: readonly string[]) => void;
  /** Milliseconds between two looks at the others. */
  readonly interval?: number;
}

/**
 * Shows, by a lock that vanishes with the connection, that this process lives, and hands back the jobs of those that do
 * not: without it the queue gives a killed worker four hours to finish. The same is done by every process for the others.
 */
export function holdLease({ url, workerId, onHandedBack, interval = 3000 }: LeaseOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): Promise<void> => sleep(interval, undefined, { signal }).catch(() => undefined);
  // A function, because the signal changes while something is awaited.
  const stopped = (): boolean => signal.aborted;

  async function run(): Promise<void> {
    while (!stopped()) {
      // Begun anew with each connection: who lost theirs with the database's restart has time to come back.
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
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2500,
    query_timeout: 5000,
    keepAlive: true,
    application_name: 'acolhe lease',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The server, too, has to notice a machine that vanished without a word.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await client.query(`select pg_advisory_lock(${keyOf})`, [workerId]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Frees the jobs of workers that hold no lease, when they held none at the last look either. Gives the new suspects. */
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
