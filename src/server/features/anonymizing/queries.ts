import { personName } from '../../db/person-name.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';

/** Days that a request to anonymise waits for somebody's approval. */
const approvalDays = 30;

/** Administrators of the clinic who work there, besides this one; the host's people do not count. */
export async function countOtherAdministrators(tx: Transaction, { clinicId, professionalId }: Actor): Promise<number> {
  const rows = await tx.run(
    sql<{ count: number }>`select count(*)::int as count from professionals
      where clinic_id = ${clinicId} and id <> ${professionalId} and role = 'administrator'
        and deactivated_at is null and not is_superuser`,
  );
  return onlyRow(rows).count;
}

export interface AskedRow {
  readonly id: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly name: string;
  readonly data_request_id: string | null;
}

/** What somebody asked for, who is still an administrator, and nobody has approved or taken back. */
export async function findAsked(tx: Transaction, clinicId: string, clientId: string): Promise<AskedRow | undefined> {
  const rows = await tx.run(
    sql<AskedRow>`
      select a.id, a.asked_by, a.asked_at, ${personName('p')} as name, a.data_request_id
      from client_anonymizations a join professionals p on p.clinic_id = a.clinic_id and p.id = a.asked_by
      where a.clinic_id = ${clinicId} and a.client_id = ${clientId} and a.done_at is null and a.withdrawn_at is null
        and a.asked_at > now() - make_interval(days => ${approvalDays})
        and p.role = 'administrator' and p.deactivated_at is null`,
  );
  return rows[0];
}

/** @returns whether there was one that had not been done */
export async function withdrawAsked(tx: Transaction, clinicId: string, clientId: string): Promise<boolean> {
  const rows = await tx.run(
    sql<{ id: string }>`update client_anonymizations set withdrawn_at = now()
      where clinic_id = ${clinicId} and client_id = ${clientId} and done_at is null and withdrawn_at is null
      returning id`,
  );
  return rows.length > 0;
}

interface NewAsk {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly askedBy: string;
  readonly dataRequestId: string | null;
}

export const insertAsked = (tx: Transaction, row: NewAsk): Promise<unknown> =>
  tx.run(
    qb.insertInto('client_anonymizations').values({
      ...{ id: row.id, clinic_id: row.clinicId, client_id: row.clientId },
      ...{ asked_by: row.askedBy, data_request_id: row.dataRequestId },
    }),
  );

interface DoneAct {
  readonly id: string;
  readonly clientIds: readonly string[];
  readonly doneBy: string;
  readonly report: unknown;
}

/** Notes what was asked for as done, with what it did. */
export const noteDone = (tx: Transaction, clinicId: string, act: DoneAct): Promise<unknown> =>
  tx.run(
    sql`update client_anonymizations
      set done_at = now(), done_by = ${act.doneBy}, client_ids = ${act.clientIds}::uuid[], report = ${JSON.stringify(act.report)}::jsonb
      where clinic_id = ${clinicId} and id = ${act.id}`,
  );

/** Begins what may be taken back by `takeBackTrial`. */
export const beginTrial = (tx: Transaction): Promise<unknown> => tx.run(sql`savepoint trial`);
export const takeBackTrial = (tx: Transaction): Promise<unknown> => tx.run(sql`rollback to savepoint trial`);
