import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Adds up to `limit` noted changes to the kept counts. @returns the number of changes */
export async function foldCounts(tx: Transaction, limit: number): Promise<number> {
  const rows = await tx.run(sql<{ folded: number }>`select app.fold_client_counts(${limit}) as folded`);
  return onlyRow(rows).folded;
}

/** Counts the clients of all clinics anew, for rows that were written without triggers. */
export const recountClients = (tx: Transaction): Promise<unknown> => tx.run(sql`select app.recount_clients()`);
