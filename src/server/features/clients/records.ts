import type { Transaction } from '../../db/transaction.ts';
import { type DomainError, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type FieldChange, overfills } from './fields.ts';
import { insertVersion, type NewVersion } from './history-queries.ts';
import { readingScope, writingScope } from './policy.ts';
import { clientExists, type ClientRow, listIds, lockClient, updateClient } from './queries.ts';

export type { ClientRow };

/**
 * Locks clients that the person may change until the transaction ends; always in the order of ids, so that two transactions
 * cannot deadlock. Throws not_found, forbidden. @returns them in the order of `ids`
 */
export async function lockClients(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<ClientRow[]> {
  const scope = writingScope(actor);
  const rows = await Promise.all(ids.toSorted().map((id) => lockClient(tx, id, scope)));
  const found = ids.flatMap((id) => rows.find((row) => row?.id === id) ?? []);
  if (found.length < ids.length) throw await explainRefusal(tx, actor, ids);
  return found;
}

/** Why somebody cannot change all of these clients: forbidden where they see each of them, otherwise not_found. */
export async function explainRefusal(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<DomainError> {
  const scope = readingScope(actor);
  const seen = await Promise.all(ids.map((id) => listIds(tx, clientExists(id, scope))));
  return seen.every(({ length }) => length > 0) ? forbidden() : notFound();
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
