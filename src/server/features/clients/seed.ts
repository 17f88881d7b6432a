import type { Transaction } from '../../db/transaction.ts';
import { insertClients, insertFirstVersions, type SeededClient } from './seed-queries.ts';

export type { SeededClient };

/** Adds clients, each with its first version, to a clinic that has none. */
export const seedClients = (tx: Transaction, clinicId: string, clients: readonly SeededClient[]): Promise<unknown> =>
  Promise.all([insertClients(tx, clients), insertFirstVersions(tx, clinicId)]);
