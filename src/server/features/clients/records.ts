import type { Transaction } from '../../db/transaction.ts';
import { invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type FieldChange, overfills } from './fields.ts';
import { insertVersion, type NewVersion } from './history-queries.ts';
import { scopeOf } from './policy.ts';
import { type ClientRow, lockClient, updateClient } from './queries.ts';

export type { ClientRow };

/**
 * Locks clients that the person may change until the transaction ends; always in the order of ids, so that two transactions
 * cannot deadlock. Throws not_found. @returns them in the order of `ids`
 */
export async function lockClients(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<ClientRow[]> {
  const rows = await Promise.all(ids.toSorted().map((id) => lockClient(tx, id, scopeOf(actor))));
  return ids.map((id) => {
    const found = rows.find((row) => row?.id === id);
    if (found === undefined) throw notFound();
    return found;
  });
}

interface RecordChange {
  /** The record before the change. */
  readonly row: ClientRow;
  readonly action: NewVersion['action'];
  readonly mergeId?: string;
  readonly changes: readonly FieldChange[];
  /** The columns to write. */
  readonly values: Parameters<typeof updateClient>[2];
}

/** Writes a client's next version and adds the change to the history. */
export async function writeChange(
  tx: Transaction,
  actor: Actor,
  { row, values, ...version }: RecordChange,
): Promise<ClientRow> {
  const [changed] = await Promise.all([
    updateClient(tx, row.id, values),
    insertVersion(tx, { ...actor, ...version, clientId: row.id, version: row.version + 1 }),
  ]);
  return changed;
}

/** Throws invalid_request when changes would make a client's imported columns exceed their limits. */
export function refuseOverfull(changes: readonly FieldChange[]): void {
  if (overfills(changes)) throw invalidField('extra', 'too_much_extra');
}
