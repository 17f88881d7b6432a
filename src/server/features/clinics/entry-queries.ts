import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'reason', 'started_at', 'ends_at', 'ended_at', 'ended_by', 'professional_id'] as const;

export interface EntryRow {
  readonly id: string;
  readonly reason: string;
  readonly started_at: Date;
  readonly ends_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly professional_id: string;
}

/** The entries of superusers into the clinic, newest first. */
export const listEntries = (tx: Transaction, clinicId: string, limit: number): Promise<EntryRow[]> =>
  tx.run(
    qb.selectFrom('host_entries').select(columns).where('clinic_id', '=', clinicId).orderBy('id', 'desc').limit(limit),
  );

export async function insertEntry(
  tx: Transaction,
  entry: {
    readonly clinicId: string;
    readonly professionalId: string;
    readonly reason: string;
    readonly hours: number;
  },
): Promise<EntryRow> {
  const rows = await tx.run(
    qb
      .insertInto('host_entries')
      .values({
        clinic_id: entry.clinicId,
        professional_id: entry.professionalId,
        reason: entry.reason,
        ends_at: sql<Date>`now() + make_interval(hours => ${entry.hours})`,
      })
      .returning(columns),
  );
  return onlyRow(rows);
}

const isOpen = sql<boolean>`(ended_at is null and ends_at > now())`;

/** Ends an open entry. @returns undefined when there is none */
export async function endEntry(
  tx: Transaction,
  clinicId: string,
  id: string,
  endedBy: string,
): Promise<EntryRow | undefined> {
  const rows = await tx.run(
    qb
      .updateTable('host_entries')
      .set({ ended_at: sql`now()`, ended_by: endedBy })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where(isOpen)
      .returning(columns),
  );
  return rows[0];
}

/** Ends the open entries of a superuser's account. @returns their ids */
export const endEntriesOf = (
  tx: Transaction,
  account: { readonly clinicId: string; readonly id: string },
): Promise<{ id: string }[]> =>
  tx.run(
    qb
      .updateTable('host_entries')
      .set({ ended_at: sql`now()` })
      .where('clinic_id', '=', account.clinicId)
      .where('professional_id', '=', account.id)
      .where(isOpen)
      .returning('id'),
  );

/** Ends whatever entries came with a clinic from another installation. */
export const endImportedEntries = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('host_entries')
      .set({ ended_at: sql`now()` })
      .where('clinic_id', '=', clinicId)
      .where('ended_at', 'is', null),
  );
