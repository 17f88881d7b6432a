import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Logger as PinoLogger } from 'pino';
import type { Job } from './definition.ts';
import { LastingFailure } from '../observability/lasting-failure.ts';
import { holdLease } from './lease.ts';

interface WorkerOptions {
  readonly pool: pg.Pool;
  /** The database's URL, for the connection that holds the lease. */
  readonly url: string;
  readonly log: PinoLogger;
  /** The kinds of job that it runs. */
  readonly jobs: readonly Job[];
  /** The most jobs that run at the same time. */
  readonly places: number;
  /** Wraps each job, for tracing. Has to call `work` and return its result. */
  readonly around: <T>(task: string, work: () => Promise<T>) => Promise<T>;
  /** Whether a failure is one that trying again cannot mend. */
  readonly isFinal: (error: unknown) => boolean;
  /** Called when the first attempt of a job fails; later attempts mostly fail for the same reason. */
  readonly onFailure: (error: unknown, task: string) => void;
}

export interface Worker {
  /** Whether it is running at the moment. */
  isAlive(): boolean;
  /** Takes no more jobs and waits for those in progress. */
  stop(): Promise<void>;
}

/** Starts one of this process's workers, and restarts it when it fails. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { log } = options;
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  const breakdown = new LastingFailure(log, {
    failed: { level: 'error', event: 'worker_stopped', message: 'background work broke down and is started again' },
    over: { event: 'worker_started', message: 'background work goes on' },
  });
  const start = (): Promise<Shift> =>
    startShift(options, () => {
      breakdown.end();
    });
  let current: Shift | undefined = await start();

  const startAgain = async (): Promise<Shift | undefined> => {
    for (let seconds = 1; !stopped(); seconds = Math.min(seconds * 2, 30)) {
      await sleep(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopped()) return undefined;
      try {
        return await start();
      } catch (error) {
        breakdown.note(error);
      }
    }
    return undefined;
  };
  const supervise = async (): Promise<void> => {
    while (current !== undefined) {
      const { ended } = current;
      const cause = await ended;
      current = undefined;
      if (stopped()) return;
      breakdown.note(cause);
      current = await startAgain();
    }
  };
  const supervising = supervise();
  return {
    isAlive: () => current !== undefined,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await supervising;
    },
  };
}

/** One run of graphile-worker, from start to end. */
interface Shift {
  /** Resolves when it has ended, with the error that ended it, if there was one. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** @param onWork called when it has looked for jobs: only then is it known to work */
async function startShift(options: WorkerOptions, onWork: () => void): Promise<Shift> {
  const { pool, url, log, places, onFailure } = options;
  const events: WorkerEvents = new EventEmitter();
  let workerId = '';
  events.once('pool:create', ({ workerPool }) => {
    workerId = workerPool.id;
  });
  events.on('job:error', ({ job, error }) => {
    if (job.attempts === 1) onFailure(error, job.task_identifier);
  });
  for (const event of ['worker:getJob:empty', 'job:start'] as const) events.on(event, onWork);
  // When its first look-up of task names fails, graphile-worker 0.18 caches the error and never finds a job again
  // (taskIdentifiers.js). The same error object a second time shows that this happened: start a new run.
  let failure: unknown;
  let isOver = false;
  events.on('worker:getJob:error', ({ error }) => {
    if (error === failure && !isOver) {
      isOver = true;
      // When stopping fails too, the run's own promise says why.
      runner.stop().catch(() => undefined);
    }
    failure = error;
  });
  const runner = await run({
    pgPool: pool,
    taskList: createTaskList(options),
    events,
    concurrency: places,
    noHandleSignals: true,
    pollInterval: 2000,
    // Batched completions are retried while the database is unreachable; unbatched ones would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => (level, message, meta) => {
      // Payloads, mail server errors and pool options contain addresses and passwords: log none of them.
      if (level === 'error') log.error({ event: 'job_failed', cause: nameCause(meta) }, keepPlainWords(message));
      else log.trace({ event: 'worker' }, keepPlainWords(message));
    }),
  });
  const lease = holdLease({
    url,
    workerId,
    log,
    onHandedBack: (workerIds) => {
      log.warn({ event: 'jobs_handed_back', workers: workerIds.length }, 'jobs of a worker that is gone were freed');
    },
  });
  const end = async (): Promise<unknown> => {
    const cause = await runner.promise.then(
      () => failure,
      (error: unknown) => error,
    );
    await lease.stop();
    return cause;
  };
  const ended = end();
  const stop = async (): Promise<void> => {
    if (isOver) {
      await ended;
      return;
    }
    isOver = true;
    await runner.stop();
  };
  return { ended, stop };
}

const createTaskList = ({ jobs, around, isFinal, log }: WorkerOptions): TaskList => {
  const attempt = async ({ name, run: work }: Job, payload: unknown): Promise<void> => {
    try {
      await around(name, () => work(payload));
    } catch (error) {
      if (!isFinal(error)) throw error;
      log.warn({ event: 'job_dropped', task: name, cause: nameError(error) }, 'trying again would not help');
    }
  };
  return Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown) => attempt(job, payload)]));
};

/** Keeps the part of the library's message that cannot contain data: the failed task, or the words before the first value. */
const keepPlainWords = (message: string): string =>
  (/^Failed task \d+ \([\w ,.]*\)|^[A-Za-z ,'-]*/.exec(message)?.[0] ?? '').trim();

const nameCause = (meta: unknown): string | undefined => nameError((meta as { error?: unknown } | undefined)?.error);

const nameError = (error: unknown): string | undefined => (error instanceof Error ? error.name : undefined);
