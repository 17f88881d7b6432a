import type { Expression } from 'kysely';
import type { Actor, Caller } from '../../http/actor.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { insertEvent, insertEventEverywhere, sealUnsealed } from './queries.ts';

export type AuditAction =
  | 'client_created'
  | 'client_read'
  | 'client_updated'
  | 'client_archived'
  | 'client_restored'
  | 'client_history_read'
  | 'client_data_exported'
  | 'client_contact_exported'
  | 'client_anonymized'
  | 'clients_exported'
  | 'clients_imported'
  | 'import_undone'
  | 'import_read'
  | 'import_rejects_exported'
  | 'client_merged'
  | 'client_unmerged'
  | 'duplicate_dismissed'
  | 'duplicate_dismissal_withdrawn'
  | 'signed_in'
  | 'sign_in_failed'
  | 'sign_in_locked'
  | 'signed_out'
  | 'session_ended'
  | 'refresh_reused'
  | 'passkey_added'
  | 'passkey_removed'
  | 'profile_updated'
  | 'professional_invited'
  | 'professional_updated'
  | 'role_changed'
  | 'professional_deactivated'
  | 'professional_reactivated'
  | 'clients_transferred'
  | 'clinic_created'
  | 'superuser_created'
  | 'backup_made'
  | 'backup_restored';

/** What happened to which record. Never personal data: ids alone. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly recordType?: 'client' | 'dismissal' | 'session' | 'professional' | 'backup' | 'passkey' | 'import';
  readonly recordId?: string;
}

/**
 * Writes down what a signed-in person does, in the transaction that does it; with `when`, only if that query finds a row.
 */
export const recordEvent = (
  tx: Transaction,
  actor: Actor,
  event: AuditEvent,
  when?: Expression<unknown>,
): Promise<unknown> =>
  insertEvent(
    tx,
    { clinicId: actor.clinicId, actorId: actor.professionalId, sessionId: actor.sessionId, caller: actor, event },
    when,
  );

/** Writes down what happens around sign-in, where nobody is signed in yet. */
export const recordSystemEvent = (
  tx: Transaction,
  who: {
    readonly clinicId: string;
    readonly actorId: string | null;
    readonly sessionId: string | null;
    readonly caller: Caller;
  },
  event: AuditEvent,
): Promise<unknown> => insertEvent(tx, { ...who, event });

/** Writes down what an operator does to the whole installation: once in every clinic, for its own administrators to see. */
export const recordOperatorEvent = (tx: Transaction, command: string, event: AuditEvent): Promise<unknown> =>
  insertEventEverywhere(tx, `acolhe ${command}`, event);

/**
 * Seals events into their clinic's hash chain; gives how many. `recent` looks at the last quarter of an hour, `all` also
 * finds what a stopped process left behind.
 */
export const sealEvents = (db: Database, which: 'recent' | 'all'): Promise<number> =>
  db.system((tx) => sealUnsealed(tx, which === 'recent' ? '15 minutes' : null));
