import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import type { Transaction } from '../../db/transaction.ts';

interface KeyClaim {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly key: string;
  readonly requestHash: string;
  readonly recordId: string;
}

/** Claims a key for a new record. @returns the record that the key belongs to: the new one or an earlier one */
export async function claimKey(tx: Transaction, claim: KeyClaim): Promise<{ recordId: string; requestHash: string }> {
  const { clinicId, professionalId, key } = claim;
  const [, rows] = await Promise.all([
    tx.run(
      qb
        .insertInto('idempotency_keys')
        .values({
          clinic_id: clinicId,
          professional_id: professionalId,
          key,
          request_hash: claim.requestHash,
          record_id: claim.recordId,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    tx.run(
      qb
        .selectFrom('idempotency_keys')
        .select(['record_id', 'request_hash'])
        .where('professional_id', '=', professionalId)
        .where('key', '=', key),
    ),
  ]);
  const row = onlyRow(rows);
  return { recordId: row.record_id, requestHash: row.request_hash };
}
