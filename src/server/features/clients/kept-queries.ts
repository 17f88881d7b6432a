import { fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const clinicalFields = fieldNames.filter(isClinical);
const holdsClinical = sql.join(
  clinicalFields.map((field) => sql`${sql.ref(`c.${fieldColumns[field]}`)} is not null`),
  sql` or `,
);

/**
 * How often something was written into clinical fields of the clients, and when last. A creation keeps no values in the history:
 * what a record still holds was written then at the latest.
 */
export async function countClinicalEntries(
  tx: Transaction,
  clinicId: string,
  clientIds: readonly string[],
): Promise<{ entries: number; latest: Date | null }> {
  const rows = await tx.run(
    sql<{ entries: number; latest: Date | null }>`
      select count(*)::int as entries, max(e.at) as latest from (
        select v.at from client_versions v
          where v.clinic_id = ${clinicId} and v.client_id = any (${clientIds}::uuid[]) and exists (
            select from jsonb_array_elements(v.changes) as change
            where change ->> 'field' = any (${clinicalFields}::text[])
          )
        union all
        select c.created_at from clients c
          where c.clinic_id = ${clinicId} and c.id = any (${clientIds}::uuid[]) and (${holdsClinical})
      ) as e`,
  );
  return onlyRow(rows);
}
