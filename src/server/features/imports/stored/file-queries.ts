import { qb } from '../../../db/query-builder.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** The most bytes per row of import_files. */
export const partBytes = 1024 * 1024;
export const insertFilePart = (
  tx: Transaction,
  row: { readonly clinicId: string; readonly importId: string; readonly part: number; readonly bytes: Buffer },
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_files')
      .values({ clinic_id: row.clinicId, import_id: row.importId, part: row.part, bytes: row.bytes }),
  );

export async function findFilePart(tx: Transaction, importId: string, part: number): Promise<Buffer | undefined> {
  const rows = await tx.run(
    qb.selectFrom('import_files').select('bytes').where('import_id', '=', importId).where('part', '=', part),
  );
  return rows[0]?.bytes;
}

/** Deletes an import's file. */
export const deleteFile = (tx: Transaction, importId: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('import_files').where('import_id', '=', importId));

/** Those of the imports whose file is still stored. */
export async function listKeptFiles(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.run(
    qb.selectFrom('import_files').select('import_id').where('part', '=', 0).where('import_id', 'in', ids),
  );
  return new Set(rows.map((row) => row.import_id));
}
