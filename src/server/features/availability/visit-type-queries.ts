import type { Insertable, Updateable } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'version', 'key', 'name', 'minutes', 'buffer_minutes', 'color', 'active'] as const;

const select = (clinicId: string) => qb.selectFrom('visit_types').select(columns).where('clinic_id', '=', clinicId);

export type VisitTypeRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** Adds kinds of visit, except those whose key is taken. @returns those that were added */
export const insertVisitTypes = (
  tx: Transaction,
  rows: readonly Insertable<DB['visit_types']>[],
): Promise<VisitTypeRow[]> =>
  tx.run(
    qb
      .insertInto('visit_types')
      .values([...rows])
      .onConflict((conflict) => conflict.columns(['clinic_id', 'key']).doNothing())
      .returning(columns),
  );

export const listVisitTypeRows = (tx: Transaction, clinicId: string): Promise<VisitTypeRow[]> =>
  tx.run(
    select(clinicId)
      .orderBy('position')
      .orderBy(sql`name collate "pt-BR-x-icu"`)
      .orderBy('id'),
  );

export async function selectVisitType(
  tx: Transaction,
  clinicId: string,
  key: string,
): Promise<VisitTypeRow | undefined> {
  return (await tx.run(select(clinicId).where('key', '=', key)))[0];
}

/** One kind of visit, locked until the transaction ends. */
export async function lockVisitType(tx: Transaction, clinicId: string, id: string): Promise<VisitTypeRow | undefined> {
  return (await tx.run(select(clinicId).where('id', '=', id).forNoKeyUpdate()))[0];
}

export async function updateVisitType(
  tx: Transaction,
  clinicId: string,
  id: string,
  values: Updateable<DB['visit_types']>,
): Promise<VisitTypeRow> {
  const rows = await tx.run(
    qb
      .updateTable('visit_types')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .returning(columns),
  );
  return onlyRow(rows);
}

/** Clinics that have none, of any clinic. */
export const listClinicsWithoutVisitTypes = (tx: Transaction) =>
  tx.run(
    sql<{ id: string }>`
      select id from clinics c where not exists (select from visit_types v where v.clinic_id = c.id)`,
  );
