import { recordOperatorEvents } from '../audit/api.ts';
import { anonymizePerson, lockPerson } from '../clients/api.ts';
import type { LedgerEntry } from './ledger.ts';
import { isAnonymous } from './queries.ts';
import { enterClinic, insertRepeated, listBroughtBack, listDone } from './replay-queries.ts';
import type { AnonymizingDependencies } from './service.ts';

/** Makes those anonymous again whom a restored backup brought back. @returns how many */
export async function repeatAnonymizations(deps: AnonymizingDependencies): Promise<number> {
  const entries = await deps.ledger.read();
  if (entries.length === 0) return 0;
  const back = await deps.db.system((tx) => listBroughtBack(tx, entries));
  for (const entry of back) await repeat(deps, entry);
  return back.length;
}

/** Writes down whom the database has as anonymous, in case the file was lost or another machine did it. */
export async function writeDown({ db, ledger }: AnonymizingDependencies): Promise<void> {
  const rows = await db.system(listDone);
  await ledger.add(
    rows.map((row) => ({
      ...{ clinicId: row.clinic_id, clientId: row.client_id, by: row.done_by, at: row.done_at.toISOString() },
    })),
  );
}

/** Nobody is asked: the decision was made when it was first done. */
const repeat = ({ db, contributions }: AnonymizingDependencies, entry: LedgerEntry): Promise<void> =>
  db.system(async (tx) => {
    const { clinicId, clientId } = entry;
    await enterClinic(tx, clinicId);
    const person = await lockPerson(tx, clientId);
    // Another process may have been faster.
    if (person === undefined || (await isAnonymous(tx, clinicId, clientId))) return;
    const clientIds = person.records.map(({ id }) => id);
    await Promise.all(
      contributions.clientRecords.flatMap(({ anonymize }) => anonymize?.(tx, { clinicId }, clientIds) ?? []),
    );
    await anonymizePerson(tx, clientId, person, null);
    await insertRepeated(tx, entry, clientIds);
    await recordOperatorEvents(
      tx,
      'restore',
      clientIds.map((recordId) => ({
        clinicId,
        event: { action: 'client_anonymized', recordType: 'client', recordId },
      })),
    );
  });
