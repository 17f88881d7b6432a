import type { Transaction } from '../../db/transaction.ts';
import { recordOperatorEvents } from '../audit/api.ts';
import { anonymizePerson, isAnonymous, lockPerson } from '../clients/api.ts';
import type { LedgerEntry } from './ledger.ts';
import { enterClinic, insertRepeated, leaveClinic, listBroughtBack, listDone } from './replay-queries.ts';
import type { AnonymizingDependencies } from './service.ts';

/** Makes those anonymous again whom a restored backup brought back, before a server takes requests. @returns how many */
export async function repeatAnonymizations(deps: AnonymizingDependencies): Promise<number> {
  const entries = await deps.ledger.read();
  if (entries.length === 0) return 0;
  const back = await deps.db.system((tx) => listBroughtBack(tx, entries));
  for (const entry of back) await deps.db.system((tx) => repeat(tx, deps, entry, 'restore'));
  return back.length;
}

/** The same in the transaction of whoever brings them back by an operator's command. @returns how many */
export async function anonymizeAgain(
  tx: Transaction,
  parts: Pick<AnonymizingDependencies, 'contributions'>,
  entries: readonly LedgerEntry[],
  command: string,
): Promise<number> {
  if (entries.length === 0) return 0;
  const back = await listBroughtBack(tx, entries);
  let done = 0;
  for (const entry of back) if (await repeat(tx, parts, entry, command)) done += 1;
  await leaveClinic(tx);
  return done;
}

/** Writes down whom the database has as anonymous, in case the file was lost or another machine did it. */
export async function writeDown({ db, ledger }: AnonymizingDependencies): Promise<void> {
  await ledger.add(await db.system(readAnonymized));
}

/** Everybody whom the database has as anonymous. */
export const readAnonymized = async (tx: Transaction): Promise<LedgerEntry[]> =>
  (await listDone(tx)).map((row) => ({
    ...{ clinicId: row.clinic_id, clientId: row.client_id, by: row.done_by, at: row.done_at.toISOString() },
  }));

/** Nobody is asked: the decision was made when it was first done. @returns whether it was left to do */
async function repeat(
  tx: Transaction,
  { contributions }: Pick<AnonymizingDependencies, 'contributions'>,
  entry: LedgerEntry,
  command: string,
): Promise<boolean> {
  const { clinicId, clientId } = entry;
  await enterClinic(tx, clinicId);
  const person = await lockPerson(tx, clientId);
  // Another process, or another record of the person, may have been faster.
  if (person === undefined || (await isAnonymous(tx, clinicId, clientId))) return false;
  const clientIds = person.records.map(({ id }) => id);
  await Promise.all(
    contributions.clientRecords.flatMap(({ anonymize }) => anonymize?.(tx, { clinicId }, clientIds) ?? []),
  );
  await anonymizePerson(tx, clientId, person, null);
  await insertRepeated(tx, entry, clientIds);
  await recordOperatorEvents(
    tx,
    command,
    clientIds.map((recordId) => ({
      clinicId,
      event: { action: 'client_anonymized', recordType: 'client', recordId },
    })),
  );
  return true;
}
