import { sql } from 'kysely';
import { qb } from '../db/query-builder.ts';
import type { Transaction } from '../db/transaction.ts';

/** Where a job was asked for, for the audit trail. */
export interface JobCaller {
  readonly address: string;
  readonly requestId: string;
}

/** Every kind of job and its payload. */
export interface JobPayloads {
  send_sign_in_code: {
    readonly email: string;
    /** The known device that asked, or empty. */
    readonly deviceKey: string;
    readonly requestKey: string;
    /** RFC 3339, UTC. */
    readonly requestedAt: string;
    readonly number: number;
    /** The request's place among all of them; jobs of the release before have none. */
    readonly order?: string;
    readonly locale: 'pt-BR' | 'en';
  };
  send_invitation: {
    readonly professionalId: string;
    /** The professional who invites. */
    readonly invitedBy: string;
    readonly locale: 'pt-BR' | 'en';
  };
  run_import: {
    readonly importId: string;
    /** Missing from jobs that the release before has queued. */
    readonly asked?: JobCaller;
  };
  undo_import: {
    readonly importId: string;
    readonly actorId: string;
    readonly sessionId: string | null;
    readonly asked?: JobCaller;
  };
}

/** Somebody waits in front of the sign-in page: whatever the queue holds, a code is next. The least runs first. */
const priorities: Readonly<Partial<Record<keyof JobPayloads, number>>> = { send_sign_in_code: -100 };

/** Adds a job in the transaction that needs it. Jobs of one `queue` run one after the other. */
export const enqueue = <Task extends keyof JobPayloads>(
  tx: Transaction,
  task: Task,
  payload: JobPayloads[Task],
  queue: string,
): Promise<unknown> =>
  tx.run(
    sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, queue_name := ${queue}, priority := ${priorities[task] ?? 0}, max_attempts := 12)`.compile(
      qb,
    ),
  );
