import { sql } from '../../db/sql.ts';
import { listClinicTables } from '../../db/table-catalogue.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface DeletedRows {
  readonly table: string;
  readonly rows: number;
}

/**
 * Deletes every row of a clinic in every table, those that refer to others first. Append-only tables let them go because the
 * clinic's time has come (`app.refuse_change`); for any other clinic the database refuses. For a system transaction.
 * @returns the number of rows by table
 */
export async function deleteClinicRows(tx: Transaction, clinicId: string): Promise<DeletedRows[]> {
  await tx.run(
    sql`select set_config('app.deleting_clinic', ${clinicId}, true), set_config('statement_timeout', '0', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`,
  );
  const tables = (await listClinicTables(tx)).reverse();
  const deleted: DeletedRows[] = [];
  for (const { name, key } of tables.filter((table) => table.name !== 'clinics'))
    deleted.push({ table: name, rows: await deleteRows(tx, name, key, clinicId) });
  // Triggers have noted in other tables what went.
  for (const { name, key } of tables) await deleteRows(tx, name, key, clinicId);
  return deleted.filter(({ rows }) => rows > 0);
}

async function deleteRows(tx: Transaction, table: string, key: string, clinicId: string): Promise<number> {
  const [row] = await tx.run(
    sql<{ rows: number }>`
      with gone as (delete from ${sql.table(table)} where ${sql.ref(key)} = ${clinicId} returning 1)
      select count(*)::int as rows from gone`,
  );
  return row?.rows ?? 0;
}
