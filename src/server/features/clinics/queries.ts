import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
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

export async function selectClinic(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('clinics')
      .select(['id', 'version', 'name', 'time_zone', 'city', 'state', 'phone', 'address', 'slot_minutes'])
      .select(['optional_holidays', 'reminders', 'overlap'])
      .where('id', '=', id),
  );
  return rows[0];
}

export type ClinicRow = NonNullable<Awaited<ReturnType<typeof selectClinic>>>;
