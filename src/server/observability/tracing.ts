import type { FastifyInstance } from 'fastify';
import type { Around } from '../db/transaction.ts';

export interface Tracing {
  /** Makes a span for every request, named by its route; part of the caller's trace if the request names one. */
  observeRequests(app: FastifyInstance): void;
  /** Makes a span for every transaction of a request or job. */
  readonly transaction: Around;
  /** Makes a trace for a job. */
  readonly job: <T>(task: string, work: () => Promise<T>) => Promise<T>;
  /** Sends the remaining spans; gives up after two seconds. */
  close(): Promise<void>;
}
