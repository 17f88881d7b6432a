import { sql } from '../db/sql.ts';
import type { Transaction } from '../db/transaction.ts';
import type { JobDefinition } from './definition.ts';

/** The request that queued a job, for the audit trail. */
export interface JobCaller {
  readonly address: string;
  readonly requestId: string;
}

/**
 * The queue of a clinic's messages that may wait, such as reminders: two in all, so that these take at most two of the three places
 * of quick jobs, and a clinic's are sent one by one.
 */
export const messageQueue = (clinicId: string): string =>
  `messages ${String(Number.parseInt(clinicId.slice(-1), 16) % 2)}`;

/** Adds a job; it runs once the transaction commits, which is a system transaction. Jobs with the same `queue` run one after the other. */
export const enqueue = <Payload>(
  tx: Transaction,
  { name, priority = 0 }: JobDefinition<Payload>,
  payload: Payload,
  queue: string,
): Promise<unknown> =>
  tx.run(
    sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, queue_name := ${queue}, priority := ${priority}, max_attempts := 12)`,
  );

/** The same in the transaction of a request, for the jobs that app.queue_mail knows; each kind has its queue. */
export const enqueueMail = <Payload>(
  tx: Transaction,
  { name }: JobDefinition<Payload>,
  payload: Payload,
): Promise<unknown> => tx.run(sql`select app.queue_mail(${name}, ${JSON.stringify(payload)}::json)`);
