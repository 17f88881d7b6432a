import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Takes clients out of the samples of imports, and deletes refused rows that were taken for them. */
export const deleteNamed = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  Promise.all([
    tx.run(
      sql`update imports set sample = coalesce((
          select jsonb_agg(change) from jsonb_array_elements(sample) as change
          where change #>> '{client,id}' <> all (${clientIds}::text[])
        ), '[]')
        where clinic_id = ${clinicId} and exists (
          select from jsonb_array_elements(sample) as change where change #>> '{client,id}' = any (${clientIds}::text[])
        )`,
    ),
    tx.run(sql`delete from import_rejects where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[])`),
  ]);

/** Files and refused rows of the clinic that may name anybody, and the day on which the last of them is gone. */
export const listStoredRows = (tx: Transaction, clinicId: string) =>
  tx.run(
    sql<{ what: string; rows: number; until: string }>`
      select 'import_files' as what, count(distinct i.id)::int as rows, to_char(max(i.created_at) + interval '1 day', 'YYYY-MM-DD') as until
        from imports i join import_files f on f.clinic_id = i.clinic_id and f.import_id = i.id and f.part = 0
        where i.clinic_id = ${clinicId} having count(*) > 0
      union all
      select 'import_rejects', count(distinct i.id)::int, to_char(max(i.created_at) + interval '30 days', 'YYYY-MM-DD')
        from imports i join import_rejects r on r.clinic_id = i.clinic_id and r.import_id = i.id
        where i.clinic_id = ${clinicId} having count(*) > 0`,
  );
