import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { replaceTagOfClients } from './tag-queries.ts';

/**
 * Replaces a tag of all clients of the clinic by another one, or takes it from them (null), with a version of each. Takes rights
 * for granted; the caller has locked the tag.
 */
export const replaceTag = (
  tx: Transaction,
  actor: Actor,
  change: { readonly from: string; readonly to: string | null },
): Promise<unknown> => replaceTagOfClients(tx, actor, change);
