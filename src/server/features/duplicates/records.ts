import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { HttpProblem } from '../../http/problem.ts';
import { recordEvent } from '../audit/api.ts';
import { type ClientRow, type FieldChange, insertVersion, lockClient, scopeOf } from '../clients/service.ts';

/** Two clients, held until the transaction ends; locked in one order, so that two merges of a pair cannot deadlock. */
export async function lockBoth(
  tx: Transaction,
  actor: Actor,
  winnerId: string,
  loserId: string,
): Promise<{ winner: ClientRow; loser: ClientRow }> {
  const ids = [winnerId, loserId].sort() as [string, string];
  const rows = await Promise.all(ids.map((id) => lockClient(tx, id, scopeOf(actor))));
  const winner = rows.find((row) => row?.id === winnerId);
  const loser = rows.find((row) => row?.id === loserId);
  if (winner === undefined || loser === undefined) throw new HttpProblem('not_found');
  return { winner, loser };
}

interface RecordChange {
  readonly action: 'merge' | 'unmerge';
  readonly mergeId: string;
  /** The record as it was before. */
  readonly row: ClientRow;
  readonly changes: readonly FieldChange[];
}

/** Writes the version and the audit event of one of the two records. */
export const writeDown = (
  tx: Transaction,
  actor: Actor,
  { action, mergeId, row, changes }: RecordChange,
): Promise<unknown> =>
  Promise.all([
    insertVersion(tx, { ...actor, clientId: row.id, version: row.version + 1, action, changes, mergeId }),
    recordEvent(tx, actor, {
      action: action === 'merge' ? 'client_merged' : 'client_unmerged',
      recordType: 'client',
      recordId: row.id,
    }),
  ]);
