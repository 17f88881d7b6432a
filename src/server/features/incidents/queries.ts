import type { Insertable, Updateable } from 'kysely';
import { ago, purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { DB } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = [
  'id',
  'version',
  'account_id',
  'session_id',
  'window_from',
  'window_to',
  'description',
  'report',
  'created_at',
] as const;
/** Dates as `YYYY-MM-DD`. */
const computed = [
  sql<string | null>`host(address)`.as('address_text'),
  sql<string>`known_on::text`.as('known_day'),
  sql<string | null>`authority_told_on::text`.as('authority_told_day'),
  sql<string | null>`clients_told_on::text`.as('clients_told_day'),
] as const;

const select = () =>
  qb
    .selectFrom('incidents')
    .select(columns)
    .select(computed)
    .where('clinic_id', '=', sql<string>`(select app.current_clinic())`);

export type IncidentRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** A page of incidents, the newest first: their ids are in the order in which they were registered. */
export const listIncidentRows = (tx: Transaction, after: string | undefined, limit: number): Promise<IncidentRow[]> =>
  tx.run(
    select()
      .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
      .orderBy('id', 'desc')
      .limit(limit),
  );

export async function countIncidents(tx: Transaction): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`select count(*)::int as count from incidents where clinic_id = app.current_clinic()`,
  );
  return onlyRow(rows).count;
}

export async function findIncident(tx: Transaction, id: string): Promise<IncidentRow | undefined> {
  return (await tx.run(select().where('id', '=', id)))[0];
}

/** Like findIncident, and locks it until the transaction ends. */
export async function lockIncident(tx: Transaction, id: string): Promise<IncidentRow | undefined> {
  return (await tx.run(select().where('id', '=', id).forNoKeyUpdate()))[0];
}

export const insertIncident = (tx: Transaction, values: Insertable<DB['incidents']>): Promise<unknown> =>
  tx.run(qb.insertInto('incidents').values(values));

/** Writes columns and increases the version. */
export const updateIncident = (
  tx: Transaction,
  clinicId: string,
  id: string,
  values: Updateable<DB['incidents']>,
): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('incidents')
      .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: sql`now()` }))
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id),
  );

/** Whether the clinic has a person, and a session, with these ids. */
export async function findSubject(
  tx: Transaction,
  { accountId, deviceId }: { accountId: string | null; deviceId: string | null },
): Promise<{ readonly account: boolean; readonly device: boolean }> {
  const rows = await tx.run(
    sql<{ account: boolean; device: boolean }>`
      select exists (select from professionals where clinic_id = app.current_clinic() and id = ${accountId}) as account,
        exists (select from device_sessions where clinic_id = app.current_clinic() and id = ${deviceId})
        or exists (
          select from audit_events where clinic_id = app.current_clinic() and session_id = ${deviceId}
        ) as device`,
  );
  return onlyRow(rows);
}

/** Five years after their registration; the database refuses it earlier. */
export const outlivedIncidents = purgeWith((limit) =>
  qb
    .deleteFrom('incidents')
    .where(sql<boolean>`ctid in (select ctid from incidents where created_at < ${ago('5 years')} limit ${limit})`),
);
