import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

/** What was done to make a client anonymous; empty for everybody else. */
export const listAnonymizations = (
  tx: Transaction,
  clinicId: string,
  clientId: string,
): Promise<{ readonly id: string }[]> =>
  tx.run(
    sql<{ id: string }>`select id from client_anonymizations
      where clinic_id = ${clinicId} and done_at is not null and ${clientId} = any (client_ids)`.compile(qb),
  );
