import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { MergedClients } from '../../feature.ts';

export const giveWishes = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update waiting_wishes
      set client_id = ${winnerId}, merges = merges || ${mergeId}::uuid, version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${loserId}`,
  );

export const giveWishesBack = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update waiting_wishes set client_id = ${loserId}, merges = merges[:cardinality(merges) - 1],
        version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${winnerId} and merges[cardinality(merges)] = ${mergeId}`,
  );

export const deleteWishesOf = (tx: Transaction, clinicId: string, clientIds: readonly string[]) =>
  tx.run(sql`delete from waiting_wishes where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`);
