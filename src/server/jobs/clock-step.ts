import { sql } from '../db/sql.ts';
import type { Database } from '../db/transaction.ts';

/**
 * Makes jobs due that are scheduled further ahead than they can rightly be: the clock was set back after they were queued or
 * failed. graphile-worker retries a failed job after exp(attempts) seconds, at most exp(10).
 */
export const wakeJobs = (db: Database): Promise<unknown> =>
  db.system((tx) =>
    tx.run(
      sql`update graphile_worker._private_jobs set run_at = now()
        where locked_at is null and attempts < max_attempts
          and run_at > now() + make_interval(secs => 60 + case when attempts = 0 then 0 else exp(least(10, attempts)) end)
          and (attempts > 0 or run_at <= created_at)`,
    ),
  );
