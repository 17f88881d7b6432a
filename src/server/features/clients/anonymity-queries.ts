import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Whether the client was made anonymous. */
export async function isAnonymous(tx: Transaction, clinicId: string, clientId: string): Promise<boolean> {
  const rows = await tx.run(
    sql<{ id: string }>`select id from client_anonymizations
      where clinic_id = ${clinicId} and done_at is not null and ${clientId} = any (client_ids)`.compile(qb),
  );
  return rows.length > 0;
}
