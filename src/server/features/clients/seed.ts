import type { Transaction } from '../../db/transaction.ts';
import { insertClients, insertFirstVersions, type SeededClient } from './seed-queries.ts';

export type { SeededClient };

/** Fills a clinic that has no clients yet, each with the first line of its history. */
export const seedClients = (tx: Transaction, clinicId: string, clients: readonly SeededClient[]): Promise<unknown> =>
  Promise.all([insertClients(tx, clients), insertFirstVersions(tx, clinicId)]);
