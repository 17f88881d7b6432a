import type { Client } from '../../../shared/contracts/clients.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { listAnonymizations } from './anonymity-queries.ts';
import { insertVersion, listRecords } from './history-queries.ts';
import { presentClient } from './presenter.ts';
import { anonymizeRecords, findClient, lockClient } from './queries.ts';

/** A client and the ids of all records of the person: the client's own, and those merged into it. */
export interface PersonRecords {
  readonly version: number;
  readonly records: readonly { readonly id: string; readonly version: number }[];
}

/** Locks a client of the clinic until the transaction ends. */
export async function lockPerson(tx: Transaction, id: string): Promise<PersonRecords | undefined> {
  const [row, records] = await Promise.all([lockClient(tx, id, wholeClinic), listRecords(tx, id)]);
  return row && { version: row.version, records };
}

/** A client of the clinic as administrators see it. */
export async function readPerson(
  tx: Transaction,
  id: string,
): Promise<{ client: Client; version: number } | undefined> {
  const row = await findClient(tx, id, wholeClinic);
  return row && { client: presentClient(row, true), version: row.version };
}

/** Whether the client was made anonymous. */
export const isAnonymous = async (tx: Transaction, clinicId: string, clientId: string): Promise<boolean> =>
  (await listAnonymizations(tx, clinicId, clientId)).length > 0;

/**
 * Empties what tells who the client is from their records and all versions of them. The next version says so in the name of
 * `by`; null: nobody's, and no version is written.
 */
export const anonymizePerson = (
  tx: Transaction,
  id: string,
  { records }: PersonRecords,
  by: Pick<Actor, 'clinicId' | 'professionalId' | 'sessionId'> | null,
): Promise<unknown> =>
  Promise.all([
    anonymizeRecords(tx, id),
    ...(by === null
      ? []
      : records.map((record) =>
          insertVersion(tx, {
            ...by,
            clientId: record.id,
            version: record.version + 1,
            action: 'anonymize',
            changes: [],
          }),
        )),
  ]);
