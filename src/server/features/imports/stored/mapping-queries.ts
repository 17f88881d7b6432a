import { qb } from '../../../db/query-builder.ts';
import { sql } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { storedJson } from './stored-json.ts';

/** Stores how a clinic maps files with these columns. */
export const saveMapping = (
  tx: Transaction,
  row: { readonly clinicId: string; readonly signature: string; readonly mapping: unknown },
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_mappings')
      .values({ clinic_id: row.clinicId, signature: row.signature, mapping: storedJson(row.mapping) })
      .onConflict((conflict) =>
        conflict
          .columns(['clinic_id', 'signature'])
          .doUpdateSet({ mapping: storedJson(row.mapping), used_at: sql<string>`now()` }),
      ),
  );

export async function findMapping(
  tx: Transaction,
  clinicId: string,
  signature: string,
): Promise<Record<string, string> | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('import_mappings')
      .select('mapping')
      .where('clinic_id', '=', clinicId)
      .where('signature', '=', signature),
  );
  return rows[0]?.mapping as Record<string, string> | undefined;
}
