import { sql } from '../db/sql.ts';
import type { Database } from '../db/transaction.ts';

/** `later`: scheduled for later or waiting for the next attempt; `given_up`: failed too often. */
export type JobState = 'due' | 'running' | 'later' | 'given_up';

/** Counts the jobs in the queue by state. @returns undefined while the database is unreachable */
export async function countJobs(db: Database): Promise<Record<JobState, number> | undefined> {
  const query = sql<Record<JobState, number>>`
    select count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now())::int as due,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and attempts < max_attempts and run_at > now())::int as later,
      count(*) filter (where locked_at is null and attempts >= max_attempts)::int as given_up
    from graphile_worker._private_jobs`;
  try {
    return (await db.system((tx) => tx.run(query)))[0];
  } catch {
    return undefined;
  }
}
