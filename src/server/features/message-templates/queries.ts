import type { MessageTemplate, MessageTemplateInput } from '../../../shared/contracts/message-templates.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const columns = ['id', 'version', 'name', 'text'] as const;

export const listTemplateRows = (tx: Transaction): Promise<MessageTemplate[]> =>
  tx.run(
    qb
      .selectFrom('message_templates')
      .select(columns)
      .orderBy(sql`name collate "pt-BR-x-icu"`)
      .orderBy('id'),
  );

/** Locks a message until the transaction ends. */
export async function lockTemplate(tx: Transaction, id: string): Promise<MessageTemplate | undefined> {
  return (await tx.run(qb.selectFrom('message_templates').select(columns).where('id', '=', id).forUpdate()))[0];
}

export async function insertTemplate(
  tx: Transaction,
  { id, clinicId, name, text }: MessageTemplateInput & { readonly id: string; readonly clinicId: string },
): Promise<MessageTemplate> {
  const rows = await tx.run(
    qb.insertInto('message_templates').values({ id, clinic_id: clinicId, name, text }).returning(columns),
  );
  return onlyRow(rows);
}

export async function updateTemplate(
  tx: Transaction,
  id: string,
  { name, text }: MessageTemplateInput,
): Promise<MessageTemplate> {
  const rows = await tx.run(
    qb
      .updateTable('message_templates')
      .set((row) => ({ name, text, version: row('version', '+', 1), updated_at: sql`now()` }))
      .where('id', '=', id)
      .returning(columns),
  );
  return onlyRow(rows);
}

export const removeTemplate = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('message_templates').where('id', '=', id));
