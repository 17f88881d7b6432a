import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface BookingFacts {
  readonly time_zone: string;
  /** The kind of visit that was asked for; the clinic's first one when none was. Null when there is none in use. */
  readonly visit_type: { readonly key: string; readonly minutes: number } | null;
}

/** What a request's times are read with. */
export async function selectBookingFacts(
  tx: Transaction,
  clinicId: string,
  visitType: string | undefined,
): Promise<BookingFacts> {
  const rows = await tx.run(
    sql<BookingFacts>`
      select time_zone, (
        select jsonb_build_object('key', key, 'minutes', minutes) from visit_types
        where clinic_id = c.id and active and key = coalesce(${visitType ?? null}, key)
        order by position, name limit 1
      ) as visit_type
      from clinics c where id = ${clinicId}`,
  );
  return onlyRow(rows);
}
