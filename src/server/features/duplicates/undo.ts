import { fieldColumns } from '../../../shared/client-fields.ts';
import type { Client, ClientMerge } from '../../../shared/contracts/clients.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import {
  type ClientRow,
  type FieldChange,
  presentClient,
  presentMerge,
  refuseOverfull,
  refuseTaken,
  runAgainAfterRace,
  seesClinicalData,
  valuesAfter,
  wholeChange,
} from '../clients/api.ts';
import type { DuplicateDependencies } from './merge.ts';
import { findRoomForClients, refuseFull } from '../clinics/limits-api.ts';
import { lockMerge, markUndone } from './queries.ts';
import { lockBoth, writeRecord } from './records.ts';
import { undoEndsAt } from '../../../shared/undo-window.ts';

interface Undone {
  readonly merge: ClientMerge;
  readonly winner: Client;
  readonly loser: Client;
  readonly kept: string[];
}

/**
 * Undoes a merge: the loser becomes active, and the winner's fields get their old values unless somebody has changed them since.
 * Throws not_found, client_archived, merge_undone, merge_expired, duplicate_phone, duplicate_document, client_limit_reached, and
 * invalid_request when the winner's imported columns would exceed their limits.
 */
export async function undoMerge(
  { db, contributions }: DuplicateDependencies,
  actor: Actor,
  id: string,
): Promise<Undone> {
  const undo = async (tx: Transaction): Promise<Undone> => {
    const merge = await lockMerge(tx, id);
    if (merge === undefined) throw notFound();
    const { winner, loser } = await lockBoth(tx, actor, merge.winner_id, merge.loser_id);
    const standsApart = loser.archived_at === null || loser.merged_into !== winner.id;
    if (merge.undone_at !== null || standsApart) throw conflict('merge_undone');
    if (undoEndsAt(merge.merged_at).getTime() < Date.now()) throw conflict('merge_expired');
    if (winner.archived_at !== null) throw conflict('client_archived', { clientId: winner.id });
    const { changes, kept } = revertMerge(winner, merge.changes as unknown as FieldChange[]);
    refuseOverfull(changes);
    const reverts = changes.some(({ field }) => field === 'phone');
    const shared = reverts ? merge.winner_phone_shared : winner.phone_shared;
    const after = { ...winner, ...valuesAfter(changes), phone_shared: shared } as ClientRow;
    const [room] = await Promise.all([
      findRoomForClients(tx, actor.clinicId),
      refuseTaken(tx, actor, loser, winner.id),
      refuseTaken(tx, actor, after, loser.id),
    ]);
    refuseFull(room);
    if (loser.document !== null && loser.document === after.document)
      throw conflict('duplicate_document', { client: { id: winner.id, name: winner.full_name } });
    const [winnerRow, loserRow, undone] = await Promise.all([
      // The winner first: it frees what the loser gets back.
      writeRecord(tx, actor, {
        action: 'unmerge',
        mergeId: id,
        row: winner,
        changes,
        values: {
          ...valuesAfter(changes),
          phone_shared: shared || (after.phone !== null && after.phone === loser.phone && !loser.phone_shared),
        },
      }),
      writeRecord(tx, actor, {
        action: 'unmerge',
        mergeId: id,
        row: loser,
        changes: [],
        values: { archived_at: null, merged_into: null },
      }),
      markUndone(tx, id, actor.professionalId),
      ...contributions.clientRecords.map((records) =>
        records.unmerge?.(tx, actor, { mergeId: id, winnerId: winner.id, loserId: loser.id }),
      ),
    ]);
    const clinical = seesClinicalData(actor);
    return {
      merge: presentMerge(undone),
      winner: presentClient(winnerRow, clinical),
      loser: presentClient(loserRow, clinical),
      kept,
    };
  };
  return runAgainAfterRace(() => db.write(actor, undo));
}

/** The changes that undo the merge, and the fields that stay because they were changed since the merge. */
function revertMerge(winner: ClientRow, merged: readonly FieldChange[]): { changes: FieldChange[]; kept: string[] } {
  const whole = merged.map((change) => wholeChange(change, winner[fieldColumns[change.field]]));
  const isKept = ({ field, to }: FieldChange): boolean => !isSame(winner[fieldColumns[field]], to);
  return {
    changes: whole.filter((change) => !isKept(change)).map(({ field, from, to }) => ({ field, from: to, to: from })),
    kept: whole.filter(isKept).map(({ field }) => field),
  };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
