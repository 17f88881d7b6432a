import { createHash } from 'node:crypto';
import type { Transaction } from '../../db/transaction.ts';
import { conflict } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { claimKey } from './queries.ts';

interface Creation {
  /** The request's Idempotency-Key; undefined where it has none. */
  readonly key: string | undefined;
  /** All that was asked for: the same key with anything else is a mistake. */
  readonly content: unknown;
  /** The record that would be made. */
  readonly recordId: string;
}

/** What came of claiming a key. */
export interface Claim {
  /** The record that an earlier request with this key has made. */
  readonly earlierId: string | undefined;
  readonly isForOtherData: boolean;
}

/** Claims a key within the transaction that makes the record; whoever comes second waits for it and finds the record. */
export async function claimCreation(
  tx: Transaction,
  actor: Actor,
  { key, content, recordId }: Creation,
): Promise<Claim> {
  if (key === undefined) return { earlierId: undefined, isForOtherData: false };
  const requestHash = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  const claimed = await claimKey(tx, { ...actor, key, requestHash, recordId });
  return claimed.recordId === recordId
    ? { earlierId: undefined, isForOtherData: false }
    : { earlierId: claimed.recordId, isForOtherData: claimed.requestHash !== requestHash };
}

/** The record that an earlier request made, if any. Throws idempotency_key_reused. */
export function earlierRecord({ earlierId, isForOtherData }: Claim): string | undefined {
  if (isForOtherData) throw conflict('idempotency_key_reused');
  return earlierId;
}
