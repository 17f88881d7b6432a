import type { FastifyInstance } from 'fastify';
import '../http/facts.ts';
import { collectDefaultMetrics, Counter, Gauge, type Metric, Registry } from 'prom-client';
import type { JobState } from '../jobs/queue-state.ts';
import type { Mailer } from '../mail/mailer.ts';
import { RequestTimes } from './request-times.ts';

/** Connection counts, as pg.Pool has them. */
interface PoolState {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface Metrics {
  readonly registry: Registry;
  /** The text for Prometheus; of all processes that serve together. */
  print(): Promise<string>;
  /** Counts a mail by outcome. */
  countMail(outcome: 'sent' | 'failed'): void;
  /** Counts and times the application's requests, by route pattern and never by path. */
  observeRequests(app: FastifyInstance): void;
  /** What is passed to the `watch…` functions is read each time the metrics are. */
  watch(name: string, pool: PoolState): void;
  watchLoad(load: { readonly inFlight: number; readonly shed: number }): void;
  watchStreams(feed: { readonly size: number }): void;
  watchQueue(countJobs: () => Promise<Readonly<Record<JobState, number>> | undefined>): void;
}

/** Seconds. 0.3 is the target for the 95th percentile of a search. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics of this process. Where several serve together, shareMetrics adds them up: `aggregator` says how. */
export function createMetrics(release: { readonly version: string; readonly commit: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'acolhe_build_info',
    help: 'Release that runs; always 1',
    labelNames: ['version', 'commit'],
    aggregator: 'first',
    registers,
  }).set({ ...release }, 1);
  const mails = new Counter({
    name: 'acolhe_mails_total',
    help: 'Mails by outcome',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['sent', 'failed']) mails.inc({ outcome }, 0);
  const pools = new Map<string, PoolState>();
  new Gauge({
    name: 'acolhe_db_connections',
    help: 'Connections to the database by pool and state; waiting counts those who want one',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'busy' }, totalCount - idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
  return {
    registry,
    print: () => registry.metrics(),
    countMail(outcome) {
      mails.inc({ outcome });
    },
    watch(name, pool) {
      pools.set(name, pool);
    },
    observeRequests: (app) => {
      observeRequests(app, registry);
    },
    watchLoad: (load) => {
      watchLoad(load, registers);
    },
    watchStreams: (feed) => {
      watchStreams(feed, registers);
    },
    watchQueue: (countJobs) => {
      watchQueue(countJobs, registers);
    },
  };
}

function observeRequests(app: FastifyInstance, registry: Registry): void {
  const times = new RequestTimes({
    name: 'acolhe_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer',
    buckets,
  });
  // The registry asks a metric for nothing but its name and get().
  registry.registerMetric(times as unknown as Metric);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.pattern === '' ? 'none' : request.pattern;
    times.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

function watchLoad(load: { readonly inFlight: number; readonly shed: number }, registers: Registry[]): void {
  new Gauge({
    name: 'acolhe_http_requests_in_flight',
    help: 'Requests under way',
    registers,
    collect() {
      this.set(load.inFlight);
    },
  });
  new Counter({
    name: 'acolhe_http_requests_shed_total',
    help: 'Requests answered 503 because there were too many',
    registers,
    collect() {
      this.reset();
      this.inc(load.shed);
    },
  });
}

function watchStreams(feed: { readonly size: number }, registers: Registry[]): void {
  new Gauge({
    name: 'acolhe_event_streams',
    help: 'Open streams of server-sent events',
    registers,
    collect() {
      this.set(feed.size);
    },
  });
}

function watchQueue(
  countJobs: () => Promise<Readonly<Record<JobState, number>> | undefined>,
  registers: Registry[],
): void {
  new Gauge({
    name: 'acolhe_jobs',
    help: 'Jobs in the queue of the database, the same in every instance',
    labelNames: ['state'],
    aggregator: 'first',
    registers,
    async collect() {
      this.reset();
      for (const [state, count] of Object.entries((await countJobs()) ?? {})) this.set({ state }, count);
    },
  });
}

/** Wraps a mailer so that its mails are counted. */
export const countMails = (mailer: Mailer, metrics: Pick<Metrics, 'countMail'>): Mailer => ({
  ...mailer,
  async send(message) {
    try {
      await mailer.send(message);
      metrics.countMail('sent');
    } catch (error) {
      metrics.countMail('failed');
      throw error;
    }
  },
});
