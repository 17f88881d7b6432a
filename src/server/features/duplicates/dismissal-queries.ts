import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** The ids of a clinic's clients that appear in a dismissal (“not the same person”). */
export async function listDismissed(tx: Transaction, clinicId: string): Promise<string[]> {
  const rows = await tx.run(
    qb.selectFrom('duplicate_dismissals').select(['first_id', 'second_id']).where('clinic_id', '=', clinicId),
  );
  return [...new Set(rows.flatMap((row) => [row.first_id, row.second_id]))];
}

/** Deletes the dismissals of clients that are about to be deleted. */
export async function forgetDismissals(tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<void> {
  if (clientIds.length === 0) return;
  await tx.run(
    sql`delete from duplicate_dismissals
      where clinic_id = ${clinicId} and (first_id = any (${clientIds}::uuid[]) or second_id = any (${clientIds}::uuid[]))`,
  );
}
