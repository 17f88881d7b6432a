import { v7 as uuidv7 } from 'uuid';
import { isClinical, isGroup, mergeFields } from '../../../shared/client-fields.ts';
import type { Client, ClientMerge, ClientPatch } from '../../../shared/contracts/clients.ts';
import type { MergeInput } from '../../../shared/contracts/duplicates.ts';
import { mergeClients as mergeRecords } from '../../../shared/merge-clients.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField } from '../../domain-error.ts';
import type { Contributions } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { parseIfMatch } from '../../http/etag.ts';
import {
  assertMayMove,
  changesBetween,
  type ClientRow,
  type FieldChange,
  presentClient,
  presentMerge,
  refuseOverfull,
  runAgainAfterRace,
  seesClinicalData,
  valuesAfter,
} from '../clients/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { insertMerge } from './queries.ts';
import { lockBoth, writeRecord } from './records.ts';

/** With what other features keep about clients. */
export interface DuplicateDependencies {
  readonly db: Database;
  readonly contributions: Pick<Contributions, 'clientRecords'>;
}

/** Merges one client into another. Throws invalid_request, forbidden, not_found, client_archived, stale, conflict. */
export async function mergeClients(
  { db, contributions }: DuplicateDependencies,
  actor: Actor,
  input: MergeInput,
): Promise<{ merge: ClientMerge; client: Client }> {
  if (input.winnerId === input.loserId) throw invalidField('loserId', 'invalid_value');
  const isClinicalChosen = mergeFields.some(
    (field) => !isGroup(field) && isClinical(field) && input.fields[field] !== undefined,
  );
  if (isClinicalChosen && !seesClinicalData(actor)) throw forbidden();
  const isSeen = { winner: parseIfMatch(input.winnerEtag), loser: parseIfMatch(input.loserEtag) };

  const id = uuidv7();
  const merge = async (tx: Transaction) => {
    const { winner, loser } = await lockBoth(tx, actor, input.winnerId, input.loserId);
    assertMayMove(actor, [winner.professional_id, loser.professional_id]);
    const archived = [winner, loser].find(({ archived_at }) => archived_at !== null);
    if (archived !== undefined) throw conflict('client_archived', { clientId: archived.id });
    if (!isSeen.winner(winner.version)) throw conflict('stale', { clientId: winner.id });
    if (!isSeen.loser(loser.version)) throw conflict('stale', { clientId: loser.id });
    const merged = mergeRecords(presentClient(winner, true), presentClient(loser, true), input.fields);
    const changes = changesBetween(winner, merged as ClientPatch);
    refuseOverfull(changes);
    await assertOwnerIsActive(tx, changes);
    const [written] = await Promise.all([
      writeMerge(tx, actor, { id, winner, loser, changes }),
      ...contributions.clientRecords.map((records) =>
        records.merge?.(tx, actor, { mergeId: id, winnerId: winner.id, loserId: loser.id }),
      ),
    ]);
    return written;
  };
  return runAgainAfterRace(() => db.write(actor, merge));
}

async function assertOwnerIsActive(tx: Transaction, changes: readonly FieldChange[]): Promise<void> {
  const owner = changes.find(({ field }) => field === 'professionalId')?.to;
  if (typeof owner !== 'string' || (await isActiveProfessional(tx, owner))) return;
  throw invalidField('fields.professionalId', 'professional_not_found');
}

interface Decided {
  readonly id: string;
  readonly winner: ClientRow;
  readonly loser: ClientRow;
  readonly changes: readonly FieldChange[];
}

async function writeMerge(tx: Transaction, actor: Actor, { id, winner, loser, changes }: Decided) {
  const tookPhone = changes.some(({ field }) => field === 'phone');
  const [, row, merge] = await Promise.all([
    // The loser first: archived, it frees its phone and document for the winner.
    writeRecord(tx, actor, {
      action: 'merge',
      mergeId: id,
      row: loser,
      changes: [],
      values: { archived_at: new Date(), merged_into: winner.id },
    }),
    writeRecord(tx, actor, {
      action: 'merge',
      mergeId: id,
      row: winner,
      changes,
      values: { ...valuesAfter(changes), phone_shared: isSharedAfter(winner, loser, tookPhone) },
    }),
    insertMerge(tx, {
      ...actor,
      id,
      winnerId: winner.id,
      loserId: loser.id,
      winnerPhoneShared: winner.phone_shared,
    }),
  ]);
  return { merge: presentMerge(merge), client: presentClient(row, seesClinicalData(actor)) };
}

/** Whether the winner still shares its phone with others after the merge. */
function isSharedAfter(winner: ClientRow, loser: ClientRow, tookPhone: boolean): boolean {
  if (tookPhone) return loser.phone_shared;
  return winner.phone === loser.phone ? winner.phone_shared && loser.phone_shared : winner.phone_shared;
}
