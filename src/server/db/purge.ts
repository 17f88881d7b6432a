import type { OperationNodeSource } from 'kysely';
import { sql } from './sql.ts';
import type { Transaction } from './transaction.ts';

/** Deletes up to `limit` rows that are no longer needed. @returns the number of rows deleted */
export type Purge = (tx: Transaction, limit: number) => Promise<number>;

/** SQL for a point in time before now; `interval` as PostgreSQL reads it: `90 days`. */
export const ago = (interval: string) => sql<Date>`now() - ${interval}::interval`;

/** Makes a purge from a statement that deletes at most `limit` rows. */
export const purgeWith =
  (deletion: (limit: number) => OperationNodeSource): Purge =>
  async (tx, limit) => {
    const [row] = await tx.run<{ count: number }>(
      sql<{ count: number }>`with gone as (${deletion(limit)} returning 1)
        select count(*)::int as count from gone`,
    );
    return row?.count ?? 0;
  };
