import type { ConsentPurpose, ConsentTextInput } from '../../../shared/contracts/consents.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface TextRow {
  readonly id: string;
  readonly purpose: ConsentPurpose;
  readonly title: string;
  readonly version: number;
  readonly body: string;
  readonly asked: boolean;
  readonly is_latest: boolean;
  readonly created_at: Date;
}

const latest = sql`version = max(version) over (partition by purpose, series)`;

/** All versions of all texts, the newest first. */
export const listTextRows = (tx: Transaction): Promise<TextRow[]> =>
  tx.run(
    sql<TextRow>`select id, purpose, title, version, body, asked, ${latest} as is_latest, created_at
      from consent_texts where clinic_id = app.current_clinic() order by id desc`,
  );

export type LatestText = Pick<TextRow, 'id' | 'purpose' | 'title' | 'asked'> & { readonly series: string };

/** The latest version of each text, without its words, in the order in which cards name them. */
export const listLatestTexts = (tx: Transaction): Promise<LatestText[]> =>
  tx.run(
    sql<LatestText>`select id, purpose, title, asked, series from (
        select *, ${latest} as is_latest from consent_texts where clinic_id = app.current_clinic()
      ) as t where is_latest
      order by array_position(array['treatment', 'images', 'messages', 'other'], purpose), title, id`,
  );

/** Whether the clinic has a version of a text with this id. */
export async function textExists(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.run(sql`select from consent_texts where clinic_id = app.current_clinic() and id = ${id}`);
  return rows.length > 0;
}

/** Locks the clinic's texts, so that two versions get two numbers. */
export const lockTexts = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended('consent_texts ' || ${clinicId}, 0))`);

/** Adds the next version of a text. */
export async function insertText(
  tx: Transaction,
  { purpose, title, body, asked, ...row }: ConsentTextInput & { id: string; clinicId: string; by: string },
): Promise<TextRow> {
  const rows = await tx.run(
    sql<TextRow>`insert into consent_texts (clinic_id, id, purpose, title, version, body, asked, created_by)
      select ${row.clinicId}::uuid, ${row.id}::uuid, ${purpose}, ${title}, coalesce(max(version), 0) + 1, ${body}, ${asked}::boolean,
        ${row.by}::uuid
      from consent_texts
      where clinic_id = ${row.clinicId} and purpose = ${purpose}
        and series = case when ${purpose} = 'other' then lower(${title}) else ${purpose} end
      returning id, purpose, title, version, body, asked, true as is_latest, created_at`,
  );
  return onlyRow(rows);
}
