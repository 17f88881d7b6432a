import { v7 as uuidv7 } from 'uuid';
import type {
  MessageTemplate,
  MessageTemplateInput,
  MessageTemplatePatch,
} from '../../../shared/contracts/message-templates.ts';
import { may } from '../../../shared/permissions.ts';
import { isSameValue } from '../../../shared/same-value.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { type AuditAction, recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { insertTemplate, listTemplateRows, lockTemplate, removeTemplate, updateTemplate } from './queries.ts';

/** The most messages of a clinic: they are chosen from a list by hand. */
const mostTemplates = 100;

interface TemplateAnswer {
  readonly body: MessageTemplate;
  readonly etag: string;
}

const answer = (body: MessageTemplate): TemplateAnswer => ({ body, etag: etagOf(body.version) });

function assertMayManage(actor: Actor): void {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
}

const record = (tx: Transaction, actor: Actor, action: AuditAction, id: string) =>
  recordEvent(tx, actor, { action, recordType: 'message_template', recordId: id });

/** The clinic's messages, by name. */
export const listTemplates = (db: Database, actor: Actor): Promise<MessageTemplate[]> =>
  db.read(actor, (tx) => listTemplateRows(tx));

/** Adds a message. Throws forbidden, list_full, idempotency_key_reused. */
export async function addTemplate(
  db: Database,
  actor: Actor,
  input: MessageTemplateInput,
  idempotencyKey: string | undefined,
): Promise<TemplateAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, known] = await Promise.all([
      claimCreation(tx, actor, {
        key: idempotencyKey,
        route: 'POST /message-templates',
        content: [input],
        recordId: id,
      }),
      listTemplateRows(tx),
    ]);
    const earlierId = earlierRecord(claim);
    if (earlierId !== undefined) {
      const earlier = known.find((row) => row.id === earlierId);
      if (earlier === undefined) throw notFound();
      return { ...answer(earlier), replayed: true };
    }
    if (known.length >= mostTemplates) throw conflict('list_full');
    const [row] = await Promise.all([
      insertTemplate(tx, { ...input, id, clinicId: actor.clinicId }),
      record(tx, actor, 'message_template_added', id),
    ]);
    return { ...answer(row), replayed: false };
  });
}

/** Changes a message. Throws forbidden, not_found, stale. */
export async function changeTemplate(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: MessageTemplatePatch,
): Promise<TemplateAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const before = await lockMatching(tx, id, matches);
    const next = { name: patch.name ?? before.name, text: patch.text ?? before.text };
    if (isSameValue({ name: before.name, text: before.text }, next)) return answer(before);
    const [row] = await Promise.all([updateTemplate(tx, id, next), record(tx, actor, 'message_template_changed', id)]);
    return answer(row);
  });
}

/** Deletes a message. Throws forbidden, not_found, stale. */
export async function deleteTemplate(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
): Promise<void> {
  assertMayManage(actor);
  await db.write(actor, async (tx) => {
    await lockMatching(tx, id, matches);
    await Promise.all([removeTemplate(tx, id), record(tx, actor, 'message_template_deleted', id)]);
  });
}

async function lockMatching(
  tx: Transaction,
  id: string,
  matches: (version: number) => boolean,
): Promise<MessageTemplate> {
  const row = await lockTemplate(tx, id);
  if (row === undefined) throw notFound();
  if (!matches(row.version)) throw conflict('stale');
  return row;
}
