import { type OperationNodeSource, sql } from 'kysely';
import { qb } from './query-builder.ts';
import type { Transaction } from './transaction.ts';

/** Deletes up to `limit` rows that have outlived their use. @returns how many there were */
export type Purge = (tx: Transaction, limit: number) => Promise<number>;

/** A point of time before now, such as `90 days` ago. */
export const ago = (interval: string) => sql<Date>`now() - ${interval}::interval`;

/** Makes a purge of the statement that deletes at most `limit` rows. */
export const purgeWith =
  (deletion: (limit: number) => OperationNodeSource): Purge =>
  async (tx, limit) => {
    const [row] = await tx.run<{ count: number }>(
      sql<{ count: number }>`with gone as (${deletion(limit)} returning 1)
        select count(*)::int as count from gone`.compile(qb),
    );
    return row?.count ?? 0;
  };
