import pg from 'pg';
import { toPoolConfig } from './connect.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { examinePooled } from './pooler.ts';

export interface PoolOptions {
  readonly url: string;
  /** The most connections that it opens. */
  readonly max: number;
  /** Seconds an idle connection is kept. */
  readonly idleSeconds: number;
  /** Set to false for COPY, cursors or LISTEN, which do not work in pipeline mode. */
  readonly pipeline?: boolean;
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** pg's `types` option: dates stay text (`YYYY-MM-DD`), because a Date object would shift them by the time zone. */
export const plainDates: pg.CustomTypesConfig = {
  getTypeParser: (type, format?: 'text' | 'binary') =>
    type === pg.types.builtins.DATE
      ? (value: string) => value
      : (pg.types.getTypeParser(type, format ?? 'text') as (value: string) => unknown),
};

/** Milliseconds that a statement may take, and that a transaction may wait for its next one. */
export const timeLimits = { statement: 15_000, idleInTransaction: 30_000 };

/**
 * Parallel workers of a statement take longer to start than our statements to end, and many people at once need every core. At a
 * million clients the planner would have started some for a count that was never made.
 */
const withoutWorkers = '-c max_parallel_workers_per_gather=0';

/** The pool waits for what this returns, which its types do not say. */
const onConnect: (client: pg.ClientBase) => unknown = examinePooled;

/** A pool in pg's pipeline mode by default: statements are sent without waiting for the answers to earlier ones. */
export function createPool(options: PoolOptions): pg.Pool {
  const { pipeline = true } = options;
  const config = toPoolConfig(options.url);
  const { pooled } = parseConnectionUrl(options.url);
  const pool = new pg.Pool({
    max: options.max,
    idleTimeoutMillis: options.idleSeconds * 1000,
    connectionTimeoutMillis: 2500,
    statement_timeout: timeLimits.statement,
    idle_in_transaction_session_timeout: timeLimits.idleInTransaction,
    keepAlive: true,
    application_name: 'acolhe',
    // In case the server does not cancel a statement itself. Not for COPY streams, which may take longer.
    ...(pipeline ? { pipeline, query_timeout: 20_000 } : {}),
    types: plainDates,
    ...(pooled && { onConnect }),
    ...config,
    ...(pipeline && !pooled && { options: [config.options, withoutWorkers].join(' ') }),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // When a connection breaks while in use, its statement fails; this event needs no second report.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
