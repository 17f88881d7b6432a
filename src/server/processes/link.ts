import { setTimeout as sleep } from 'node:timers/promises';
import type { FromProcess, MetricValues, ToProcess } from './messages.ts';

/** How a serving process talks to the primary and, through it, to the others. */
export interface Link {
  /** Whether background jobs are running, in whichever process. */
  areJobsAlive(): boolean;
  /** Keeps the others informed about the jobs that run here. @returns a function that ends it */
  announceJobs(isAlive: () => boolean): () => void;
  /** The metrics of every process; without those of one that does not answer in time. */
  gatherMetrics(): Promise<readonly MetricValues[]>;
  /** `read` gives the metrics of this process, whenever any process is asked for all. */
  offerMetrics(read: () => Promise<MetricValues>): void;
  announceListening(address: string): void;
  /** Calls back when the primary says that it is time to stop. */
  onStop(stop: (signal: string) => void): void;
}

/** Milliseconds to wait for the metrics; the primary waits less for each process. */
const patience = 4000;
/** Milliseconds between two looks at whether jobs are running. */
const jobsInterval = 500;

/** Opens the link of a process that the primary has started. */
export function openLink(): Link {
  const say = (message: FromProcess): void => {
    process.send?.(message, undefined, undefined, () => undefined);
  };
  const waiting = new Map<number, (all: readonly MetricValues[]) => void>();
  let requests = 0;
  let alive = false;
  let readOwn: () => Promise<MetricValues> = () => Promise.resolve([]);
  let stop: (signal: string) => void = () => process.exit(0);
  process.on('message', (received: unknown) => {
    const message = received as ToProcess;
    switch (message.kind) {
      case 'stop':
        stop(message.signal);
        break;
      case 'jobs':
        alive = message.alive;
        break;
      case 'metrics_asked':
        void readOwn().then(
          (values) => {
            say({ kind: 'metrics', round: message.round, values });
          },
          () => undefined,
        );
        break;
      case 'metrics_gathered':
        waiting.get(message.request)?.(message.all);
        break;
    }
  });
  // A process whose start has failed ends, although the primary could still send something.
  process.channel?.unref();
  return {
    areJobsAlive: () => alive,
    announceJobs: (isAlive) => {
      let told: boolean | undefined;
      const look = (): void => {
        alive = isAlive();
        if (alive !== told) say({ kind: 'jobs', alive });
        told = alive;
      };
      look();
      const timer = setInterval(look, jobsInterval);
      return () => {
        clearInterval(timer);
      };
    },
    gatherMetrics: async () => {
      const request = ++requests;
      const gathered = new Promise<readonly MetricValues[]>((resolve) => waiting.set(request, resolve));
      say({ kind: 'metrics_wanted', request });
      const own = sleep(patience, undefined, { ref: false }).then(async () => [await readOwn()]);
      return Promise.race([gathered, own]).finally(() => waiting.delete(request));
    },
    offerMetrics: (read) => {
      readOwn = read;
    },
    announceListening: (address) => {
      say({ kind: 'listening', address });
    },
    onStop: (callback) => {
      stop = callback;
    },
  };
}
