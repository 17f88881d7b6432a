import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { KeptEntries, MergedClients } from '../../feature.ts';

export const givePackages = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update session_packages
      set client_id = ${winnerId}, merges = merges || ${mergeId}::uuid, version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${loserId}`,
  );

export const givePackagesBack = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update session_packages set client_id = ${loserId}, merges = merges[:cardinality(merges) - 1],
        version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = ${winnerId} and merges[cardinality(merges)] = ${mergeId}`,
  );

export const anonymizePackages = (tx: Transaction, clinicId: string, clientIds: readonly string[]) =>
  tx.run(
    sql`update session_packages set name = null, version = version + 1, updated_at = now()
      where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`,
  );

/** The agreements of clients, and when one was last changed. */
export async function countKeptPackages(
  tx: Transaction,
  clinicId: string,
  clientIds: readonly string[],
): Promise<KeptEntries> {
  const rows = await tx.run(
    sql<{ entries: number; latest: Date | null }>`
      select count(*)::int as entries, max(updated_at) as latest from session_packages
      where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`,
  );
  return { part: 'money', ...onlyRow(rows) };
}
