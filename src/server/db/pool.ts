import pg from 'pg';
import { connectionConfig } from './connect.ts';

export interface PoolOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max: number;
  /** Seconds an idle connection is kept. */
  readonly idleSeconds: number;
  /** Off for work with COPY, cursors or LISTEN, which need a connection to themselves. */
  readonly pipeline?: boolean;
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** A connection's `types`: plain dates stay `YYYY-MM-DD`, because a Date would move them by the server's time zone. */
export const plainDates: pg.CustomTypesConfig = {
  getTypeParser: (type, format?: 'text' | 'binary') =>
    type === pg.types.builtins.DATE
      ? (value: string) => value
      : (pg.types.getTypeParser(type, format ?? 'text') as (value: string) => unknown),
};

/** Connections that, unless told otherwise, send statements without waiting for one another (pg's pipeline mode). */
export function createPool(options: PoolOptions): pg.Pool {
  const { pipeline = true } = options;
  const pool = new pg.Pool({
    max: options.max,
    idleTimeoutMillis: options.idleSeconds * 1000,
    connectionTimeoutMillis: 2500,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: 'acolhe',
    // In case the server does not end a statement itself; COPY streams may take longer.
    ...(pipeline ? { pipeline, query_timeout: 20_000 } : {}),
    types: plainDates,
    ...connectionConfig(options.url),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // A connection that breaks while in use fails its statement; nobody else needs to know.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
