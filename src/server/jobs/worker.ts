import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { Logger as PinoLogger } from 'pino';
import type { JobPayloads } from './queue.ts';

type Tasks = { readonly [Task in keyof JobPayloads]: (payload: JobPayloads[Task]) => Promise<void> };

/** Starts the background work of this process on its own connections. */
export function startWorker(options: {
  readonly pool: pg.Pool;
  readonly log: PinoLogger;
  readonly tasks: Tasks;
}): Promise<Runner> {
  const { pool, log, tasks } = options;
  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown) => (task as (job: unknown) => Promise<void>)(payload),
    ]),
  ) as TaskList;
  return run({
    pgPool: pool,
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    // Batches of their own are tried again while the database is away; without them such a failure ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => (level, message, meta) => {
      // A job's payload may hold an address: only the message goes to the log.
      if (level === 'error') log.error({ event: 'job_failed', cause: causeOf(meta) }, message.split('\n')[0]);
      else log.trace({ event: 'worker' }, message);
    }),
  });
}

function causeOf(meta: unknown): string | undefined {
  const error = (meta as { error?: unknown } | undefined)?.error;
  return error instanceof Error ? error.name : undefined;
}

export interface Duty {
  /** Ends the repetition and waits for what is under way. */
  stop(): Promise<void>;
}

/** Repeats a small duty until stopped; a failure is told and tried again. */
export function startDuty(seconds: number, duty: () => Promise<unknown>, onError: (error: unknown) => void): Duty {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = duty()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, seconds * 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
