import type { FastifyInstance } from 'fastify';
import type { Around } from '../db/transaction.ts';

export interface Tracing {
  /** A span for every request by its route, as a part of the caller's trace where it names one. */
  observeRequests(app: FastifyInstance): void;
  /** A span for every transaction of a request or job. */
  readonly transaction: Around;
  /** A trace for a job. */
  readonly job: <T>(task: string, work: () => Promise<T>) => Promise<T>;
  /** Sends what is left, for a moment. */
  close(): Promise<void>;
}
