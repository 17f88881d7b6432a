import { createHash } from 'node:crypto';
import type { Transaction } from '../../db/transaction.ts';
import type { RouteKey } from '../../../shared/contracts/index.ts';
import { conflict } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { claimKey } from './queries.ts';

interface Creation {
  /** The request's Idempotency-Key, if any. */
  readonly key: string | undefined;
  /** What was asked for. The same key for something else is an error. */
  readonly route: RouteKey;
  /** The whole content of the request: what its path and its body say. */
  readonly content: readonly unknown[];
  /** The id of the record to create. */
  readonly recordId: string;
}

/** The result of claiming a key. */
export interface Claim {
  /** The id of the record that an earlier request with this key created. */
  readonly earlierId: string | undefined;
  readonly isForOtherData: boolean;
}

/** Claims a key in the transaction that creates the record. A second request waits for the first and then finds its record. */
export async function claimCreation(
  tx: Transaction,
  actor: Actor,
  { key, route, content, recordId }: Creation,
): Promise<Claim> {
  if (key === undefined) return { earlierId: undefined, isForOtherData: false };
  const requestHash = createHash('sha256')
    .update(JSON.stringify([route, ...content]))
    .digest('base64url');
  const claimed = await claimKey(tx, { ...actor, key, requestHash, recordId });
  return claimed.recordId === recordId
    ? { earlierId: undefined, isForOtherData: false }
    : { earlierId: claimed.recordId, isForOtherData: claimed.requestHash !== requestHash };
}

/** The id of the record that an earlier request created, if any. Throws idempotency_key_reused. */
export function earlierRecord({ earlierId, isForOtherData }: Claim): string | undefined {
  if (isForOtherData) throw conflict('idempotency_key_reused');
  return earlierId;
}
