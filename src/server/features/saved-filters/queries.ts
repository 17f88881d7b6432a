import type { SavedFilterInput } from '../../../shared/contracts/saved-filters.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'name', 'filters', 'created_at'] as const;

export interface FilterRow {
  readonly id: string;
  readonly name: string;
  readonly filters: unknown;
  readonly created_at: Date;
}

export const listFilters = (tx: Transaction, professionalId: string): Promise<FilterRow[]> =>
  tx.run(
    qb
      .selectFrom('saved_filters')
      .select(columns)
      .where('professional_id', '=', professionalId)
      .orderBy(sql`name collate "pt-BR-x-icu"`)
      .orderBy('id'),
  );

export interface NewFilter extends SavedFilterInput {
  readonly clinicId: string;
  readonly professionalId: string;
}

export async function upsertFilter(
  tx: Transaction,
  { clinicId, professionalId, name, filters }: NewFilter,
): Promise<FilterRow> {
  const json = JSON.stringify(filters);
  const rows = await tx.run(
    qb
      .insertInto('saved_filters')
      .values({ clinic_id: clinicId, professional_id: professionalId, name, filters: json })
      .onConflict((conflict) =>
        conflict.columns(['clinic_id', 'professional_id', 'name']).doUpdateSet({ filters: json }),
      )
      .returning(columns),
  );
  return onlyRow(rows);
}

/** @returns whether the person had this filter */
export async function deleteFilter(tx: Transaction, professionalId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb.deleteFrom('saved_filters').where('professional_id', '=', professionalId).where('id', '=', id).returning('id'),
  );
  return rows.length > 0;
}
