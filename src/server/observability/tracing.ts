import type { FastifyInstance } from 'fastify';
import type { Around } from '../db/transaction.ts';

export interface Tracing {
  /** A span for every request, named by its route; part of the caller's trace if the request names one. */
  observeRequests(app: FastifyInstance): void;
  /** A span for every transaction of a request or job. */
  readonly transaction: Around;
  /** A trace for a job. */
  readonly job: <T>(task: string, work: () => Promise<T>) => Promise<T>;
  /** Sends the remaining spans, giving up after a moment. */
  close(): Promise<void>;
}
