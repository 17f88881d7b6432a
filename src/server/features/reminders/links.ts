import type { Config } from '../../config.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, notFound } from '../../domain-error.ts';
import { may, mayFor, scopeFor } from '../../../shared/permissions.ts';
import { composeWhatsappUrl } from '../../../shared/whatsapp.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import type { Keyring } from '../auth/api.ts';
import {
  findLinkKey,
  findMessageFacts,
  holdAppointment,
  insertLink,
  type MessageFactsRow,
  revokeLinksOfAppointments,
} from './link-queries.ts';
import { createLinkKey, signLinkKey } from './link-token.ts';
import { composeGreeting, composeRequest } from './messages.ts';

export interface LinkDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly config: Pick<Config, 'publicUrl'>;
}

interface Target {
  readonly clinicId: string;
  readonly appointmentId: string;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** The path of the link that an appointment has for its present start; made where there is none yet. */
export async function provideLinkPath(keyring: Keyring, tx: Transaction, target: Target): Promise<string> {
  const known = await findLinkKey(tx, target);
  const key = known ?? createLinkKey();
  if (known === undefined) await insertLink(tx, key, target);
  return `/c/${signLinkKey(keyring, key)}`;
}

export interface ConfirmationLink {
  readonly url: string;
  readonly whatsappUrl: string | null;
  readonly message: string;
  readonly firstName: string;
  readonly request: string;
  readonly expiresAt: string;
}

/** Makes the link by which a client confirms, and the message around it. Throws not_found, forbidden, invalid_transition, messages_refused. */
export async function createConfirmationLink(
  { db, keyring, config }: LinkDependencies,
  actor: Actor,
  id: string,
): Promise<ConfirmationLink> {
  return db.write(actor, async (tx) => {
    const row = await findOwnAppointment(tx, actor, id);
    const isOpen = row.status === 'scheduled' || row.status === 'confirmed';
    if (!isOpen || row.archived_at !== null || row.start_at <= new Date()) throw conflict('invalid_transition');
    if (row.refuses_messages) throw conflict('messages_refused');
    const target = { clinicId: row.clinic_id, appointmentId: id, startAt: row.start_at, endAt: row.end_at };
    const path = await provideLinkPath(keyring, tx, target);
    await recordEvent(tx, actor, { action: 'confirmation_link_made', recordType: 'appointment', recordId: id });
    const url = config.publicUrl === undefined ? undefined : `${config.publicUrl}${path}`;
    const { first_name: firstName, clinic_name: clinicName } = row;
    const request = composeRequest(row.local_start, url);
    const message = `${composeGreeting({ firstName, clinicName })} ${request}`;
    return {
      url: url ?? path,
      whatsappUrl: composeWhatsappUrl(row.phone, message),
      message,
      firstName,
      request,
      expiresAt: row.end_at.toISOString(),
    };
  });
}

/** Revokes all links of an appointment. Throws not_found, forbidden. */
export async function revokeConfirmationLinks({ db }: LinkDependencies, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    await findOwnAppointment(tx, actor, id);
    await Promise.all([
      revokeLinksOfAppointments(tx, actor.clinicId, [id]),
      recordEvent(tx, actor, { action: 'confirmation_link_revoked', recordType: 'appointment', recordId: id }),
    ]);
  });
}

async function findOwnAppointment(tx: Transaction, actor: Actor, id: string): Promise<MessageFactsRow> {
  if (!may(actor.role, 'agenda.read')) throw forbidden();
  const [, row] = await Promise.all([
    holdAppointment(tx, id),
    findMessageFacts(tx, id, scopeFor(actor, 'agenda.read')),
  ]);
  if (row === undefined) throw notFound();
  if (!mayFor(actor, 'agenda.write', row.professional_id, row.client_id)) throw forbidden();
  return row;
}
