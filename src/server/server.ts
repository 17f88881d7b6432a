import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { DatabaseUnavailable } from './db/errors.ts';
import { openDatabase } from './db/open-database.ts';
import { createPool, type PoolOptions } from './db/pool.ts';
import { Standby } from './db/standby.ts';
import { Database } from './db/transaction.ts';
import type { FeatureContext } from './feature.ts';
import { Keyring } from './features/auth/api.ts';
import { seedDemoClinic } from './features/demo/api.ts';
import { contributions, features } from './features.ts';
import { wakeJobs } from './jobs/clock-step.ts';
import { type PeriodicTask, type Repetition, startPeriodicTask } from './jobs/periodic-task.ts';
import { countJobs } from './jobs/queue-state.ts';
import { createMailer } from './mail/mailer.ts';
import type { ErrorReporter } from './observability/error-reporter.ts';
import { countMails, createMetrics, type Metrics } from './observability/metrics.ts';
import { shareMetrics } from './observability/share-metrics.ts';
import { openErrorReporter } from './observability/open-error-reporter.ts';
import { openTracing } from './observability/open-tracing.ts';
import { createReadiness } from './observability/readiness.ts';
import { errorForLog } from './observability/safe-error.ts';
import type { Link } from './processes/link.ts';
import { type Place, runsJobs } from './processes/place.ts';
import { prepareSchema } from './prepare-schema.ts';
import { startWorkers, type WorkersOptions } from './start-workers.ts';
import { withDeadline } from '../shared/deadline.ts';

export interface RunningServer {
  readonly app: FastifyInstance;
  readonly db: Database;
  readonly errors: ErrorReporter;
  /** `http://host:port` */
  readonly address: string;
  /** Lets requests and jobs in flight finish, then closes everything; within ten seconds. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Apply pending migrations first; otherwise only lost rights and roles are restored. */
  readonly migrate: boolean;
  /** Where somebody else prepares the schema: settles when that is done. */
  readonly prepared?: Promise<void>;
  /** Create the demo clinic in an empty database. */
  readonly demo: boolean;
  /** Folder of the built web app, when it is not dist/web. */
  readonly webFolder?: string;
  /** The other processes that serve on the same port; undefined when there are none. */
  readonly among?: { readonly place: Place; readonly link: Link };
}

/** Starts everything: database, then mail, jobs and HTTP, then listens. When a part fails, those already open are closed. */
export async function startServer(config: Config, log: Logger, options: StartOptions): Promise<RunningServer> {
  // Closed in reverse: requests first, the database last.
  const parts = new AsyncDisposableStack();
  try {
    // Whichever logger is passed in, errors are logged without personal data.
    const safeLog = log.child({}, { serializers: { err: errorForLog } });
    const { app, db, errors } = await assemble(config, safeLog, options, parts);
    return {
      app,
      db,
      errors,
      address: formatAddress(app),
      stop: () => withDeadline(10_000, parts.disposeAsync(), () => new Error('stopping took too long')),
    };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function assemble(config: Config, log: Logger, options: StartOptions, parts: AsyncDisposableStack) {
  const errors = await openErrorReporter(config, log);
  parts.defer(() => errors.close());
  const tracing = await openTracing(config, log);
  parts.defer(() => tracing.close());
  const database = await openDatabase(config, (line) => {
    log.info({ event: 'database' }, line);
  });
  parts.defer(() => database.stop());
  const pool = openPool(config, log, { url: database.requestUrl, max: config.database.poolMax }, parts);
  const metrics = createMetrics(config.release);
  metrics.watch('requests', pool);
  const db = new Database(pool, tracing.transaction, openStandby({ config, log, tracing, metrics }, parts));
  const keyring = new Keyring(config.secretKey, config.secretKeyFallbacks);
  metrics.watchQueue(() => countJobs(db));
  const mailer = countMails(createMailer(config.mail, { log }), metrics);
  const deps = { config, db, keyring, log, mailer, contributions };
  let isWorking = (): boolean => false;
  const readiness = createReadiness(database.requestUrl, { isAlive: () => isWorking() }, log);
  parts.defer(() => readiness.close());
  const prepare = async (): Promise<void> => {
    await (options.prepared ?? prepareSchema(database.url, log, options));
    if (options.demo) await seedDemoClinic(db);
    for (const { beforeServing } of features) await beforeServing?.(deps);
    isWorking = await startBackground({ ...deps, url: database.url, errors, tracing, metrics }, options, parts);
  };
  const { among } = options;
  const building = buildApp({
    ...deps,
    metrics: among === undefined ? metrics : shareMetrics(metrics, among.link),
    errors,
    tracing,
    mailbox: mailer.mailbox,
    ready: () => readiness.check(),
    webFolder: options.webFolder,
    processes: among?.place.of ?? 1,
  });
  const app = await whilePreparing(building, prepare());
  parts.defer(() => app.close());
  await app.listen({ host: config.host, port: config.port });
  return { app, db, errors };
}

/** Waits for both: the app is built, which takes the processor, while the database answers. A failed preparation closes the app. */
async function whilePreparing(building: Promise<FastifyInstance>, preparing: Promise<void>): Promise<FastifyInstance> {
  const [app, prepared] = await Promise.allSettled([building, preparing]);
  if (app.status === 'rejected') throw app.reason;
  if (prepared.status === 'fulfilled') return app.value;
  await app.value.close();
  throw prepared.reason;
}

function openPool(
  config: Config,
  log: Logger,
  options: Pick<PoolOptions, 'url' | 'max' | 'pipeline'>,
  parts: AsyncDisposableStack,
): pg.Pool {
  const onIdleError = (): void => {
    log.warn({ event: 'database_connection_lost' }, 'a database connection was lost');
  };
  const pool = createPool({ ...options, idleSeconds: config.database.idleSeconds, onIdleError });
  parts.defer(() => pool.end());
  return pool;
}

type StandbyOptions = Pick<BackgroundOptions, 'config' | 'log' | 'tracing' | 'metrics'>;

/** Opens the standby for reads that may be seconds old, if there is one. Nothing waits for it: the primary can do its part. */
function openStandby(
  { config, log, tracing, metrics }: StandbyOptions,
  parts: AsyncDisposableStack,
): Standby | undefined {
  const { replicaUrl, poolMax } = config.database;
  if (replicaUrl === undefined) return undefined;
  const pool = openPool(config, log, { url: replicaUrl, max: poolMax }, parts);
  metrics.watch('standby', pool);
  return new Standby(new Database(pool, tracing.transaction), (error) => {
    log.warn({ event: 'standby_left', err: error }, 'the standby is away or too far behind: the primary reads for it');
  });
}

interface BackgroundOptions extends Omit<WorkersOptions, 'pool'> {
  readonly metrics: Metrics;
}

/**
 * Starts jobs and periodic tasks, unless they are another process's.
 * @returns a function that tells whether jobs are running, here or there
 */
async function startBackground(
  options: BackgroundOptions,
  { among }: StartOptions,
  parts: AsyncDisposableStack,
): Promise<() => boolean> {
  const { config, log, url, metrics, errors, mailer } = options;
  if (among !== undefined && !runsJobs(among.place)) return () => among.link.areJobsAlive();
  // The queue's two workers listen for work and hold connections of their own.
  const pool = openPool(config, log, { url, max: 6, pipeline: false }, parts);
  metrics.watch('worker', pool);
  const isWorking = await startWorkers({ ...options, pool }, parts);
  for (const repetition of startPeriodicTasks(options, errors)) parts.defer(() => repetition.stop());
  // Runs before the worker stops: gives running deliveries a moment to finish, so that their jobs end.
  parts.defer(() => {
    mailer.close();
  });
  if (among !== undefined) parts.defer(among.link.announceJobs(isWorking));
  return isWorking;
}

/** Starts the periodic tasks of the features and of the queue. */
function startPeriodicTasks(context: FeatureContext, errors: ErrorReporter): Repetition[] {
  const { db, log } = context;
  const queue: PeriodicTask = {
    everySeconds: 30,
    run: () => wakeJobs(db),
    failure: { event: 'jobs_not_woken', message: 'jobs queued before the clock stepped back wait' },
  };
  const tasks = [...features.flatMap(({ periodicTasks }) => periodicTasks?.(context) ?? []), queue];
  return tasks.map((task) =>
    startPeriodicTask(task, (error, { event, message }) => {
      log.warn({ event, err: error }, message);
      if (!(error instanceof DatabaseUnavailable)) errors.report(error, { task: event });
    }),
  );
}

function formatAddress(app: FastifyInstance): string {
  const { address, family, port } = app.server.address() as AddressInfo;
  const host =
    address === '127.0.0.1' || address === '::1' || address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${family === 'IPv6' && host === address ? `[${host}]` : host}:${String(port)}`;
}
