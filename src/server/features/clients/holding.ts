import { type Scope, wholeClinic } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import { clientExists, type HeldClient, listIds, selectHeld } from './queries.ts';

export type { HeldClient };

/**
 * Clients by their ids, those within the scope, in the order of ids. Until the transaction ends they are neither archived, merged
 * nor made anonymous: whoever writes something about clients holds them.
 */
export const holdClients = (
  tx: Transaction,
  clinicId: string,
  ids: readonly string[],
  scope: Scope = wholeClinic,
): Promise<HeldClient[]> => selectHeld(tx, clinicId, ids, scope);

/** The same for one client. */
export const holdClient = async (
  tx: Transaction,
  clinicId: string,
  id: string,
  scope: Scope,
): Promise<HeldClient | undefined> => (await holdClients(tx, clinicId, [id], scope))[0];

/** Whether the client exists within the scope. */
export const isClient = async (tx: Transaction, id: string, scope: Scope): Promise<boolean> =>
  (await listIds(tx, clientExists(id, scope))).length > 0;
