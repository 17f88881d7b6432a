import { v7 as uuidv7 } from 'uuid';
import type {
  Consent,
  ConsentInput,
  ConsentPurpose,
  ConsentStanding,
  WithdrawalInput,
} from '../../../shared/contracts/consents.ts';
import { isMinor } from '../../../shared/format.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type AuditEvent, recordEvent } from '../audit/api.ts';
import { explainRefusal, holdClient, isAnonymous, isClient, readingScope, writingScope } from '../clients/api.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { describeStanding, presentConsent } from './presenter.ts';
import { findConsent, insertConsent, insertWithdrawal, listConsentRows, listRefusing } from './queries.ts';
import { listLatestTexts, textExists } from './text-queries.ts';

/** The most answers of one client: the list is sent whole. */
const mostConsents = 500;

/** What was answered for a client, and where they stand. Throws not_found. */
export async function listConsents(
  db: Database,
  actor: Actor,
  clientId: string,
): Promise<{ readonly items: Consent[]; readonly standing: ConsentStanding[] }> {
  const [isTheirs, rows, texts] = await db.read(actor, (tx) =>
    Promise.all([isClient(tx, clientId, readingScope(actor)), listConsentRows(tx, clientId), listLatestTexts(tx)]),
  );
  if (!isTheirs) throw notFound();
  return { items: rows.map(presentConsent), standing: describeStanding(texts, rows) };
}

/** Those of the clients, as far as the person sees them, who want no messages. */
export async function listRefusals(
  db: Database,
  actor: Actor,
  clientIds: readonly string[],
): Promise<{ readonly clientId: string }[]> {
  const rows = await db.read(actor, (tx) => listRefusing(tx, clientIds, readingScope(actor)));
  return rows.map(({ id }) => ({ clientId: id }));
}

/** The day of an answer: today where none is given. Throws invalid_request for a day to come. */
async function chooseDay(tx: Transaction, actor: Actor, field: string, given: string | undefined): Promise<string> {
  const { timeZone } = await findClinicSettings(tx, actor.clinicId);
  const today = toLocalDate(new Date(), timeZone);
  if (given !== undefined && given > today) throw invalidField(field, 'date_in_future');
  return given ?? today;
}

/** In the trail an answer is a code: the names of those who gave it stay out of it. */
const describeAnswer = (
  action: 'consent_recorded' | 'consent_withdrawn',
  clientId: string,
  change: { readonly purpose: ConsentPurpose; readonly from: string | null; readonly to: string },
): AuditEvent => ({
  action,
  recordType: 'client',
  recordId: clientId,
  details: { changes: [{ field: `consent.${change.purpose}`, from: change.from, to: change.to }] },
});

/**
 * Records what a client or their guardian answered. Throws not_found, forbidden, client_archived, list_full,
 * idempotency_key_reused, and invalid_request for an unknown text, a day to come, and a minor without a guardian.
 */
export async function recordConsent(
  db: Database,
  actor: Actor,
  clientId: string,
  input: ConsentInput,
  idempotencyKey: string | undefined,
): Promise<{ readonly body: Consent; readonly replayed: boolean }> {
  const scope = writingScope(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, client, day, isKnownText, rows] = await Promise.all([
      claimCreation(tx, actor, {
        key: idempotencyKey,
        route: 'POST /clients/{id}/consents',
        content: [clientId, input],
        recordId: id,
      }),
      holdClient(tx, actor.clinicId, clientId, scope),
      chooseDay(tx, actor, 'givenOn', input.givenOn),
      textExists(tx, input.textId),
      listConsentRows(tx, clientId),
    ]);
    if (client === undefined) throw await explainRefusal(tx, actor, [clientId]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { body: await readConsent(tx, actor, earlier), replayed: true };
    if (client.archived_at !== null) throw conflict('client_archived', { clientId });
    if (!isKnownText) throw invalidField('textId', 'invalid_value');
    const isUnderAge = client.date_of_birth !== null && isMinor(client.date_of_birth, day);
    if (isUnderAge && input.by === 'client') throw invalidField('guardian', 'guardian_required');
    if (rows.length >= mostConsents) throw conflict('list_full');
    const { textId, decision, by, guardian, means } = input;
    const owner = { id, clinicId: actor.clinicId, clientId, recordedBy: actor.professionalId };
    await insertConsent(tx, { ...owner, textId, decision, by, guardian, means, day });
    const body = await readConsent(tx, actor, id);
    await recordEvent(
      tx,
      actor,
      describeAnswer('consent_recorded', clientId, { purpose: body.purpose, from: null, to: decision }),
    );
    return { body, replayed: false };
  });
}

/**
 * Records that a consent was withdrawn, also for an archived client. Throws not_found, already_anonymized, forbidden,
 * invalid_request, consent_not_given.
 */
export async function withdrawConsent(
  db: Database,
  actor: Actor,
  id: string,
  { by, guardian, means, withdrawnOn }: WithdrawalInput,
): Promise<Consent> {
  const scope = writingScope(actor);
  return db.write(actor, async (tx) => {
    const [found, day] = await Promise.all([
      findConsent(tx, id, scope),
      chooseDay(tx, actor, 'withdrawnOn', withdrawnOn),
    ]);
    if (found === undefined)
      throw (await findConsent(tx, id, readingScope(actor))) === undefined ? notFound() : forbidden();
    if (await isAnonymous(tx, actor.clinicId, found.client_id)) throw conflict('already_anonymized');
    const row = { clinicId: actor.clinicId, consentId: id, by, guardian, means, day, recordedBy: actor.professionalId };
    if (found.decision === 'refused' || !(await insertWithdrawal(tx, row))) throw conflict('consent_not_given');
    const [body] = await Promise.all([
      readConsent(tx, actor, id),
      recordEvent(
        tx,
        actor,
        describeAnswer('consent_withdrawn', found.client_id, {
          purpose: found.purpose,
          from: found.decision,
          to: 'withdrawn',
        }),
      ),
    ]);
    return body;
  });
}

async function readConsent(tx: Transaction, actor: Actor, id: string): Promise<Consent> {
  const row = await findConsent(tx, id, readingScope(actor));
  if (row === undefined) throw notFound();
  return presentConsent(row);
}
