import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Logger as PinoLogger } from 'pino';
import type { Job } from './definition.ts';
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
  let current: Shift | undefined = await startShift(options);

  const startAgain = async (): Promise<Shift | undefined> => {
    for (let seconds = 1; !stopped(); seconds = Math.min(seconds * 2, 30)) {
      await sleep(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
      const shift = stopped() ? undefined : await startShift(options).catch(() => undefined);
      if (shift !== undefined) return shift;
    }
    return undefined;
  };
  const supervise = async (): Promise<void> => {
    while (current !== undefined) {
      const { ended } = current;
      await ended;
      current = undefined;
      if (stopped()) return;
      log.error({ event: 'worker_stopped' }, 'background work broke down and is started again');
      current = await startAgain();
      if (current !== undefined) log.info({ event: 'worker_started' }, 'background work goes on');
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
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

async function startShift(options: WorkerOptions): Promise<Shift> {
  const { pool, url, log, places, onFailure } = options;
  const events: WorkerEvents = new EventEmitter();
  let workerId = '';
  events.once('pool:create', ({ workerPool }) => {
    workerId = workerPool.id;
  });
  events.on('job:error', ({ job, error }) => {
    if (job.attempts === 1) onFailure(error, job.task_identifier);
  });
  // When its first look-up of task names fails, graphile-worker 0.18 caches the error and never finds a job again
  // (taskIdentifiers.js). The same error object a second time shows that this happened: start a new run.
  let failure: unknown;
  let isOver = false;
  events.on('worker:getJob:error', ({ error }) => {
    if (error === failure && !isOver) {
      isOver = true;
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
    onHandedBack: (workerIds) => {
      log.warn({ event: 'jobs_handed_back', workers: workerIds.length }, 'jobs of a worker that is gone were freed');
    },
  });
  const ended = runner.promise.then(
    () => lease.stop(),
    () => lease.stop(),
  );
  const stop = async (): Promise<void> => {
    if (isOver) return ended;
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
