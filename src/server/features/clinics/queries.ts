import type { Updateable } from 'kysely';
import pg from 'pg';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

export async function insertClinic(tx: Transaction, name: string, timeZone: string): Promise<string> {
  const rows = await tx.run(qb.insertInto('clinics').values({ name, time_zone: timeZone }).returning('id'));
  const [row] = rows;
  if (row === undefined) throw new Error('no clinic was inserted');
  return row.id;
}

/** All clinics ordered by name, or those with this name, ignoring case. */
export const listClinics = (tx: Transaction, name?: string) =>
  tx.run(
    qb
      .selectFrom('clinics')
      .select(['id', 'name'])
      .$if(name !== undefined, (query) => query.where(sql`lower(name)`, '=', sql`lower(${name ?? ''})`))
      .orderBy('name')
      .orderBy('id'),
  );

const clinicColumns = [
  'id',
  'version',
  'name',
  'time_zone',
  'city',
  'state',
  'phone',
  'address',
  'area_code',
  'default_professional_id',
  'slot_minutes',
  'optional_holidays',
  'reminders',
  'overlap',
  'professionals_see',
  'data_request_days',
  'keeps_clinical',
  'money_years',
] as const;

const selectSettings = (id: string) => qb.selectFrom('clinics').select(clinicColumns).where('id', '=', id);
export type ClinicRow = Awaited<ReturnType<ReturnType<typeof selectSettings>['executeTakeFirstOrThrow']>>;

export async function selectClinic(tx: Transaction, id: string): Promise<ClinicRow | undefined> {
  return (await tx.run(selectSettings(id)))[0];
}

/** Like selectClinic, and locks the clinic until the transaction ends. */
export async function lockClinic(tx: Transaction, id: string): Promise<ClinicRow | undefined> {
  return (await tx.run(selectSettings(id).forNoKeyUpdate()))[0];
}

/** Writes columns of a clinic and increases its version. */
export async function updateClinic(tx: Transaction, id: string, values: Updateable<DB['clinics']>): Promise<ClinicRow> {
  const rows = await tx.run(
    qb
      .updateTable('clinics')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id)
      .returning(clinicColumns),
  );
  return onlyRow(rows);
}

/** Fails when the database does not know a time zone, see isUnknownTimeZone. */
export const tryTimeZone = (tx: Transaction, timeZone: string): Promise<unknown> =>
  tx.run(sql`select now() at time zone ${timeZone}`);

export const isUnknownTimeZone = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '22023';
