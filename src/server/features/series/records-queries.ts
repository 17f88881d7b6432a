import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { MergedClients } from '../../feature.ts';

export const giveSeries = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update series
      set client_id = ${winnerId}, merges = merges || ${mergeId}::uuid, version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${loserId}`,
  );

export const giveSeriesBack = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update series set client_id = ${loserId}, merges = merges[:cardinality(merges) - 1],
        version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${winnerId} and merges[cardinality(merges)] = ${mergeId}`,
  );

export const anonymizeSeries = (tx: Transaction, clinicId: string, clientIds: readonly string[]) =>
  tx.run(
    sql`update series
      set title = null, ended_on = coalesce(ended_on, current_date), version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`,
  );
