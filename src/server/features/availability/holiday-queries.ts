import type { Insertable } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'date', 'name', 'kind', 'closed'] as const;

const select = (clinicId: string) => qb.selectFrom('holidays').select(columns).where('clinic_id', '=', clinicId);

export type HolidayRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** The holidays of a year that were entered by hand. */
export const listHolidayRows = (tx: Transaction, clinicId: string, year: number): Promise<HolidayRow[]> =>
  tx.run(
    select(clinicId)
      .where('date', '>=', `${String(year)}-01-01`)
      .where('date', '<=', `${String(year)}-12-31`),
  );

export async function selectHoliday(tx: Transaction, clinicId: string, id: string): Promise<HolidayRow | undefined> {
  return (await tx.run(select(clinicId).where('id', '=', id)))[0];
}

export async function insertHoliday(tx: Transaction, row: Insertable<DB['holidays']>): Promise<HolidayRow> {
  return onlyRow(await tx.run(qb.insertInto('holidays').values(row).returning(columns)));
}

/** @returns whether there was one */
export async function deleteHoliday(tx: Transaction, clinicId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb.deleteFrom('holidays').where('clinic_id', '=', clinicId).where('id', '=', id).returning('id'),
  );
  return rows.length > 0;
}

/** Which holidays a clinic has. */
export async function selectHolidaySettings(tx: Transaction, clinicId: string) {
  const rows = await tx.run(qb.selectFrom('clinics').select(['state', 'optional_holidays']).where('id', '=', clinicId));
  return onlyRow(rows);
}

export type HolidaySettings = Awaited<ReturnType<typeof selectHolidaySettings>>;
