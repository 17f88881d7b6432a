import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { LedgerEntry } from './ledger.ts';

/** Those of the entries whose client is in the database and is not anonymous there. */
export async function listBroughtBack(tx: Transaction, entries: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const rows = await tx.run(
    sql<{ place: number }>`
      select e.place::int as place
      from unnest(${entries.map(({ clinicId }) => clinicId)}::uuid[], ${entries.map(({ clientId }) => clientId)}::uuid[])
        with ordinality as e (clinic_id, client_id, place)
      where exists (select from clients c where c.clinic_id = e.clinic_id and c.id = e.client_id)
        and not exists (
          select from client_anonymizations a
          where a.clinic_id = e.clinic_id and a.done_at is not null and e.client_id = any (a.client_ids)
        )
      order by e.place`,
  );
  return rows.flatMap(({ place }) => entries[place - 1] ?? []);
}

/** Sets the clinic of a system transaction, for functions that ask for it. */
export const enterClinic = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select set_config('app.clinic_id', ${clinicId}, true)`);

/** Ends that, for what concerns all clinics. */
export const leaveClinic = (tx: Transaction): Promise<unknown> =>
  tx.run(sql`select set_config('app.clinic_id', '', true)`);

/** Notes that somebody was made anonymous again. */
export const insertRepeated = (
  tx: Transaction,
  { clinicId, clientId, at }: LedgerEntry,
  clientIds: readonly string[],
): Promise<unknown> =>
  tx.run(
    sql`insert into client_anonymizations (clinic_id, client_id, client_ids, asked_at, done_at)
      values (${clinicId}, ${clientId}, ${clientIds}::uuid[], ${at}, now())`,
  );

/** Everybody whom the database has as anonymous. */
export const listDone = (tx: Transaction) =>
  tx.run(
    sql<{ clinic_id: string; client_id: string; done_by: string | null; done_at: Date }>`
      select a.clinic_id, r.id as client_id, a.done_by, a.done_at
      from client_anonymizations a, unnest(a.client_ids) as r (id) where a.done_at is not null
      order by a.done_at`,
  );
