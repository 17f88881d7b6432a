import { v7 as uuidv7 } from 'uuid';
import type { Client, ClientInput, ClientPatch } from '../../../shared/contracts/clients.ts';
import { may } from '../../../shared/permissions.ts';
import { commitAlong, type Database, type Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import type { Contributions } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { type AuditAction, recordEvent } from '../audit/api.ts';
import { findRoomForClients, refuseFull } from '../clinics/limits-api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { isAnonymous } from './anonymizing.ts';
import { completePhones } from './area-code.ts';
import { auditActions } from './audit-actions.ts';
import { spellTags } from '../tags/api.ts';
import { changesBetween, type FieldChange, valuesAfter, valuesOf } from './fields.ts';
import { assertMayMove, assertMayWrite, readingScope, seesClinicalData, writingScope } from './policy.ts';
import { insertVersion, type VersionAction } from './history-queries.ts';
import { findClientJson } from './json-queries.ts';
import { presentClient } from './presenter.ts';
import {
  clientExists,
  type ClientRow,
  findClient,
  insertClient,
  listDuplicates,
  lockClient,
  type updateClient,
} from './queries.ts';
import { explainRefusal, refuseOverfull, writeChange } from './records.ts';
import { refuseDuplicates, refuseTaken, runAgainAfterRace } from './uniqueness.ts';

/** With what other features keep about clients. */
export interface ClientDependencies {
  readonly db: Database;
  readonly contributions: Pick<Contributions, 'clientRecords'>;
}

export interface ClientAnswer {
  readonly body: Client;
  readonly etag: string;
}

const answer = (actor: Actor, row: ClientRow): ClientAnswer => ({
  body: presentClient(row, seesClinicalData(actor)),
  etag: etagOf(row.version),
});

const record = (tx: Transaction, actor: Actor, action: AuditAction, recordId: string) =>
  recordEvent(tx, actor, { action, recordType: 'client', recordId });

/** Reads one client as JSON and records that in the audit trail. Throws not_found. */
export async function getClient(db: Database, actor: Actor, id: string): Promise<{ json: string; etag: string }> {
  const scope = readingScope(actor);
  const [found] = await db.read(actor, (tx) =>
    Promise.all([
      findClientJson(tx, id, scope, seesClinicalData(actor)),
      recordEvent(tx, actor, { action: 'client_read', recordType: 'client', recordId: id }, clientExists(id, scope)),
    ]),
  );
  if (found === undefined) throw notFound();
  return { json: found.json, etag: etagOf(found.version) };
}

interface Creation extends ClientAnswer {
  /** True when an earlier request with the same Idempotency-Key created the record. */
  readonly replayed: boolean;
}

/**
 * Registers a client. Throws invalid_request, forbidden, duplicate_phone, duplicate_document, client_limit_reached,
 * idempotency_key_reused.
 */
export async function createClient(
  db: Database,
  actor: Actor,
  given: ClientInput,
  idempotencyKey: string | undefined,
): Promise<Creation> {
  assertMayWrite(actor, valuesOf(given));
  if (given.professionalId === undefined && !may(actor.role, 'clients.treat'))
    throw invalidField('professionalId', 'required');
  const professionalId = given.professionalId ?? actor.professionalId;
  const id = uuidv7();
  const create = async (tx: Transaction): Promise<Creation> => {
    const input = await completePhones(tx, given);
    const [tags, claim, duplicates, owned, room] = await Promise.all([
      spellTags(tx, actor.clinicId, input.tags),
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /clients', content: [given], recordId: id }),
      listDuplicates(tx, { phone: input.phone, document: input.document }),
      isActiveProfessional(tx, professionalId),
      findRoomForClients(tx, actor.clinicId),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const row = await findClient(tx, earlier, readingScope(actor));
      if (row === undefined) throw notFound();
      return { ...answer(actor, row), replayed: true };
    }
    if (!owned) throw invalidField('professionalId', 'professional_not_found');
    const phoneShared = refuseDuplicates(actor, duplicates, input);
    refuseFull(room);
    const written = Promise.all([
      insertClient(tx, {
        id,
        clinicId: actor.clinicId,
        firstName: input.firstName,
        professionalId,
        phoneShared,
        values: valuesAfter(changesBetween({}, { ...input, tags })),
      }),
      insertVersion(tx, { ...actor, clientId: id, version: 1, action: 'create', changes: [] }),
      record(tx, actor, 'client_created', id),
    ]);
    commitAlong(tx);
    const [row] = await written;
    return { ...answer(actor, row), replayed: false };
  };
  return runAgainAfterRace(() => db.write(actor, create));
}

/** Who is anonymous has no data any more, and gets none again. Throws already_anonymized. */
async function refuseAnonymous(tx: Transaction, { clinicId }: Actor, row: ClientRow): Promise<void> {
  // Whoever is active was never made anonymous.
  if (row.archived_at !== null && (await isAnonymous(tx, clinicId, row.id))) throw conflict('already_anonymized');
}

/** Changes what a patch says. Throws not_found, stale, already_anonymized, invalid_request, forbidden and the duplicates. */
export async function changeClient(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  given: ClientPatch,
): Promise<ClientAnswer> {
  assertMayWrite(actor, valuesOf(given));
  const change = async (tx: Transaction): Promise<ClientAnswer> => {
    const patch = await completePhones(tx, given);
    const [tags, row, duplicates, owned] = await Promise.all([
      spellTags(tx, actor.clinicId, patch.tags),
      lockClient(tx, id, writingScope(actor)),
      listDuplicates(tx, { phone: patch.phone, document: patch.document, except: id }),
      patch.professionalId === undefined ? true : isActiveProfessional(tx, patch.professionalId),
    ]);
    if (row === undefined) throw await explainRefusal(tx, actor, [id]);
    if (!matches(row.version)) throw conflict('stale');
    if (!owned) throw invalidField('professionalId', 'professional_not_found');
    assertMayMove(actor, [row.professional_id, patch.professionalId ?? row.professional_id]);
    const changes = changesBetween(row, { ...patch, tags });
    if (changes.length === 0) return answer(actor, row);
    refuseOverfull(changes);
    await refuseAnonymous(tx, actor, row);
    const moved = new Set(changes.map(({ field }) => field));
    const relevant = duplicates.filter(
      (other) =>
        (moved.has('phone') && other.phone === patch.phone) ||
        (moved.has('document') && other.document === patch.document),
    );
    const shared = refuseDuplicates(actor, relevant, patch);
    return keepChange(tx, actor, row, 'update', changes, {
      ...valuesAfter(changes),
      ...(moved.has('phone') ? { phone_shared: shared } : {}),
    });
  };
  return runAgainAfterRace(() => db.write(actor, change));
}

/** Archives a client; nothing is deleted. Archiving twice is no error. Throws not_found, forbidden, stale, client_has_appointments. */
export async function archiveClient(
  { db, contributions }: ClientDependencies,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
): Promise<void> {
  await db.write(actor, async (tx) => {
    const row = await lockClient(tx, id, writingScope(actor));
    if (row === undefined) throw await explainRefusal(tx, actor, [id]);
    if (!matches(row.version)) throw conflict('stale');
    if (row.archived_at !== null) return;
    await Promise.all(
      contributions.clientRecords.map(async ({ beforeArchiving }) => beforeArchiving?.(tx, actor.clinicId, id)),
    );
    await keepChange(tx, actor, row, 'archive', [], { archived_at: new Date() });
  });
}

/**
 * Restores an archived client. Throws not_found, forbidden, already_anonymized, client_limit_reached, and the duplicates if an active one has
 * its phone or document by now.
 */
export async function restoreClient(db: Database, actor: Actor, id: string): Promise<ClientAnswer> {
  const restore = async (tx: Transaction): Promise<ClientAnswer> => {
    const row = await lockClient(tx, id, writingScope(actor));
    if (row === undefined) throw await explainRefusal(tx, actor, [id]);
    if (row.archived_at === null) return answer(actor, row);
    await refuseTaken(tx, actor, row);
    const [room] = await Promise.all([findRoomForClients(tx, actor.clinicId), refuseAnonymous(tx, actor, row)]);
    refuseFull(room);
    // A record that was merged into another one is independent again.
    return keepChange(tx, actor, row, 'restore', [], { archived_at: null, merged_into: null });
  };
  return runAgainAfterRace(() => db.write(actor, restore));
}

/** Writes a change, its version and its audit event, and commits. */
async function keepChange(
  tx: Transaction,
  actor: Actor,
  row: ClientRow,
  action: VersionAction,
  changes: readonly FieldChange[],
  values: Parameters<typeof updateClient>[2],
): Promise<ClientAnswer> {
  const written = Promise.all([
    writeChange(tx, actor, { row, action, changes, values }),
    record(tx, actor, auditActions[action], row.id),
  ]);
  commitAlong(tx);
  const [changed] = await written;
  return answer(actor, changed);
}
