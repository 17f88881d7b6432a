import { brokenConstraint } from '../../db/errors.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, DomainError } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { maySee } from './policy.ts';
import { type ClientRow, type DuplicateRow, listDuplicates } from './queries.ts';
import { retry } from '../../../shared/retry.ts';

interface Claims {
  readonly phone?: string | null | undefined;
  readonly document?: string | null | undefined;
  readonly allowSharedPhone?: boolean | undefined;
}

/** Throws duplicate_document or duplicate_phone. @returns whether the phone is shared on purpose */
export function refuseDuplicates(actor: Actor, duplicates: readonly DuplicateRow[], claims: Claims): boolean {
  const byDocument = duplicates.find((row) => claims.document != null && row.document === claims.document);
  if (byDocument !== undefined) throw duplicateOf('duplicate_document', actor, byDocument);
  const byPhone = duplicates.find((row) => claims.phone != null && row.phone === claims.phone);
  if (byPhone !== undefined && claims.allowSharedPhone !== true) throw duplicateOf('duplicate_phone', actor, byPhone);
  return byPhone !== undefined;
}

/** The error names the other client only to people who may see it. */
const duplicateOf = (code: 'duplicate_phone' | 'duplicate_document', actor: Actor, row: DuplicateRow): DomainError =>
  conflict(code, maySee(actor, row.professional_id, row.id) ? { client: { id: row.id, name: row.full_name } } : {});

/** Throws a duplicate problem when an active client, other than `apart`, has the phone or document of a record to restore. */
export async function refuseTaken(tx: Transaction, actor: Actor, row: ClientRow, apart?: string): Promise<void> {
  const { phone, document } = row;
  const found = await listDuplicates(tx, { phone, document, except: row.id });
  // Clients who share the phone on purpose do not block its first owner.
  const inTheWay = found.filter(
    (other) => other.id !== apart && (!other.phone_shared || (document !== null && other.document === document)),
  );
  refuseDuplicates(actor, inTheWay, { phone, document, allowSharedPhone: row.phone_shared });
}

const uniqueAmongActive = new Set(['clients_phone_key', 'clients_document_key']);

/**
 * Runs work again when it violates a unique index: two requests may pass the check for duplicates at once, but the index lets
 * only one through. The second attempt then finds that client. Throws conflict after three attempts.
 */
export async function runAgainAfterRace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await retry(work, { attempts: 3, when: lostRace });
  } catch (error) {
    if (lostRace(error)) throw new DomainError('conflict', { cause: error });
    throw error;
  }
}

const lostRace = (error: unknown): boolean => uniqueAmongActive.has(brokenConstraint(error) ?? '');
