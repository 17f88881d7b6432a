import type pg from 'pg';
import { DatabaseUnavailable } from './db/errors.ts';
import type { JobContext } from './feature.ts';
import { features } from './features.ts';
import type { Job } from './jobs/definition.ts';
import { startWorker } from './jobs/worker.ts';
import { MailError } from './mail/mail-error.ts';
import type { Tracing } from './observability/tracing.ts';

/** Concurrent jobs per worker. Two workers, so that a sign-in code does not wait for somebody's import. */
const places: Readonly<Record<Job['worker'], number>> = { quick: 3, long: 2 };

export interface WorkersOptions extends Omit<JobContext, 'stopping'> {
  readonly pool: pg.Pool;
  readonly tracing: Tracing;
}

/** Starts both workers. @returns a function that tells whether they are running */
export async function startWorkers(options: WorkersOptions, parts: AsyncDisposableStack): Promise<() => boolean> {
  const { log, url, pool, errors, tracing } = options;
  const stopping = new AbortController();
  const context: JobContext = { ...options, stopping: stopping.signal };
  const jobs = features.flatMap((feature) => feature.jobs?.(context) ?? []);
  const start = async (kind: Job['worker']) => {
    const worker = await startWorker({
      pool,
      url,
      log,
      jobs: jobs.filter(({ worker: of }) => of === kind),
      places: places[kind],
      around: tracing.job,
      isFinal: (error) => error instanceof MailError && error.permanent,
      onFailure: (error, task) => {
        if (!(error instanceof DatabaseUnavailable)) errors.report(error, { task });
      },
    });
    parts.defer(() => worker.stop());
    return worker;
  };
  // One after the other: when the first fails, the second does not begin while everything is being closed.
  const quick = await start('quick');
  const long = await start('long');
  // A long job that is running goes back to the queue: stopping cannot wait for it.
  parts.defer(() => {
    stopping.abort();
  });
  return () => quick.isAlive() && long.isAlive();
}
