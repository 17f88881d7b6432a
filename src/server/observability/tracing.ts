import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Around } from '../db/transaction.ts';

export interface Tracing {
  /** A span for every request by its route, as a part of the caller's trace where it names one. */
  observeRequests(app: FastifyInstance): void;
  /** A span for every transaction of a request or job. */
  readonly transaction: Around;
  /** A trace for a job. */
  job<T>(task: string, work: () => Promise<T>): Promise<T>;
  /** Sends what is left, for a moment. */
  close(): Promise<void>;
}

const untraced: Tracing = {
  observeRequests: () => undefined,
  transaction: (_kind, work) => work(),
  job: (_task, work) => work(),
  close: () => Promise.resolve(),
};

/** Traces to where OpenTelemetry's variables say; without them nothing is loaded. */
export async function openTracing(
  { tracing, release }: Pick<Config, 'tracing' | 'release'>,
  log: Logger,
): Promise<Tracing> {
  if (tracing === undefined) return untraced;
  const { createTracing } = await import('./opentelemetry.ts');
  return createTracing(tracing, release, log);
}
