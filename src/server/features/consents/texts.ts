import { v7 as uuidv7 } from 'uuid';
import type { ConsentText, ConsentTextInput } from '../../../shared/contracts/consents.ts';
import { may } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { insertText, listTextRows, lockTexts, type TextRow } from './text-queries.ts';

/** The most versions of texts of a clinic: the list is sent whole. */
const mostTexts = 200;

const presentText = (row: TextRow): ConsentText => ({
  id: row.id,
  purpose: row.purpose,
  title: row.title,
  version: row.version,
  body: row.body,
  asked: row.asked,
  isLatest: row.is_latest,
  createdAt: row.created_at.toISOString(),
});

/** All versions of the clinic's texts, the newest first. Throws forbidden. */
export async function listTexts(db: Database, actor: Actor): Promise<ConsentText[]> {
  if (!may(actor.role, 'clients.read.registration')) throw forbidden();
  return (await db.read(actor, listTextRows)).map(presentText);
}

/** Writes a text or its next version. Throws forbidden, list_full, idempotency_key_reused. */
export async function addText(
  db: Database,
  actor: Actor,
  input: ConsentTextInput,
  idempotencyKey: string | undefined,
): Promise<{ readonly body: ConsentText; readonly replayed: boolean }> {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, , known] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /consent-texts', content: [input], recordId: id }),
      lockTexts(tx, actor.clinicId),
      listTextRows(tx),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const text = known.find((row) => row.id === earlier);
      if (text === undefined) throw notFound();
      return { body: presentText(text), replayed: true };
    }
    if (known.length >= mostTexts) throw conflict('list_full');
    const [row] = await Promise.all([
      insertText(tx, { ...input, id, clinicId: actor.clinicId, by: actor.professionalId }),
      recordEvent(tx, actor, { action: 'consent_text_added', recordType: 'consent_text', recordId: id }),
    ]);
    return { body: presentText(row), replayed: false };
  });
}
