import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { EndReason } from './session-queries.ts';

/** Ends the sessions of everybody in every clinic. */
export const endEverySession = (tx: Transaction, reason: EndReason): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('device_sessions')
      .set({ ended_at: sql`now()`, end_reason: reason })
      .where('ended_at', 'is', null),
  );

/** Deletes the passkeys of everybody in every clinic. */
export const deletePasskeys = (tx: Transaction): Promise<{ clinic_id: string; id: string }[]> =>
  tx.run(qb.deleteFrom('passkeys').returning(['clinic_id', 'id']));
