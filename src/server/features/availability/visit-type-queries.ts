import type { Insertable } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Adds kinds of visit, except those whose key is taken. */
export const insertVisitTypes = (tx: Transaction, rows: readonly Insertable<DB['visit_types']>[]): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('visit_types')
      .values([...rows])
      .onConflict((conflict) => conflict.doNothing()),
  );

export async function selectVisitType(tx: Transaction, clinicId: string, key: string) {
  const rows = await tx.run(
    qb
      .selectFrom('visit_types')
      .select(['key', 'name', 'minutes', 'buffer_minutes', 'active'])
      .where('clinic_id', '=', clinicId)
      .where('key', '=', key),
  );
  return rows[0];
}
