import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { type ClientRow, lockClients, writeChange } from '../clients/api.ts';

/** Reads both records of a merge and locks them until the transaction ends. Throws not_found. */
export async function lockBoth(
  tx: Transaction,
  actor: Actor,
  winnerId: string,
  loserId: string,
): Promise<{ winner: ClientRow; loser: ClientRow }> {
  const [winner, loser] = (await lockClients(tx, actor, [winnerId, loserId])) as [ClientRow, ClientRow];
  return { winner, loser };
}

type MergeChange = Omit<Parameters<typeof writeChange>[2], 'action' | 'mergeId'> & {
  readonly action: 'merge' | 'unmerge';
  readonly mergeId: string;
};

/** Changes one of the two records and writes its version and audit event. */
export async function writeRecord(tx: Transaction, actor: Actor, change: MergeChange): Promise<ClientRow> {
  const [changed] = await Promise.all([
    writeChange(tx, actor, change),
    recordEvent(tx, actor, {
      action: change.action === 'merge' ? 'client_merged' : 'client_unmerged',
      recordType: 'client',
      recordId: change.row.id,
    }),
  ]);
  return changed;
}
