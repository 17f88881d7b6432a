import { v7 as uuidv7 } from 'uuid';
import type { Relative, RelativeCopy, RelativeInput, RelativeKind } from '../../../shared/contracts/relatives.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, type DomainError, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { type AuditAction, recordEvent } from '../audit/api.ts';
import { explainRefusal, holdClient, holdClients, isClient, readingScope, writingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import {
  deleteLink,
  findFull,
  findLink,
  insertLink,
  listLinks,
  listLinksForCopy,
  type RelativeRow,
} from './queries.ts';

/** The most relatives of one client. */
const mostRelatives = 50;

const presentRelative = ({ id, kind, client_id, name, phone, archived_at, created_at }: RelativeRow): Relative => ({
  id,
  kind,
  client: { id: client_id, name: name ?? '', phone, archivedAt: archived_at?.toISOString() ?? null },
  createdAt: created_at.toISOString(),
});

/** Who is family of a client; whoever the person may not see is left out. Throws not_found. */
export async function listRelatives(db: Database, actor: Actor, clientId: string): Promise<Relative[]> {
  const scope = readingScope(actor);
  const [isTheirs, rows] = await db.read(actor, (tx) =>
    Promise.all([isClient(tx, clientId, scope), listLinks(tx, clientId, scope, mostRelatives)]),
  );
  if (!isTheirs) throw notFound();
  return rows.map(presentRelative);
}

/** All links of one client for the copy of their data. The names of clients whom the actor may not see are left out. */
export const copyRelatives = async (db: Database, actor: Actor, clientId: string): Promise<RelativeCopy[]> =>
  (await db.read(actor, (tx) => listLinksForCopy(tx, clientId, readingScope(actor)))).map(
    ({ kind, name, created_at }) => ({
      kind,
      name,
      createdAt: created_at.toISOString(),
    }),
  );

/** `child` and `dependent` are kept as the other's `parent` and `guardian`. */
const isReversed = (kind: RelativeKind): boolean => kind === 'child' || kind === 'dependent';
const storedKinds: Readonly<Record<RelativeKind, string>> = {
  parent: 'parent',
  child: 'parent',
  guardian: 'guardian',
  dependent: 'guardian',
  sibling: 'sibling',
  partner: 'partner',
};

const recordBoth = (tx: Transaction, actor: Actor, action: AuditAction, ids: readonly string[]) =>
  Promise.all(ids.map((recordId) => recordEvent(tx, actor, { action, recordType: 'client', recordId })));

/**
 * Links two clients, both of whom the person may see and change. Throws not_found, invalid_request, forbidden, client_archived,
 * already_related, too_many_relatives, idempotency_key_reused.
 */
export async function linkRelative(
  db: Database,
  actor: Actor,
  clientId: string,
  input: RelativeInput,
  idempotencyKey: string | undefined,
): Promise<{ readonly body: Relative; readonly replayed: boolean }> {
  const scope = writingScope(actor);
  if (input.clientId === clientId) throw invalidField('clientId', 'invalid_value');
  const [id, people] = [uuidv7(), [clientId, input.clientId]];
  return db.write(actor, async (tx) => {
    const [claim, found, full] = await Promise.all([
      claimCreation(tx, actor, {
        key: idempotencyKey,
        route: 'POST /clients/{id}/relatives',
        content: [clientId, input],
        recordId: id,
      }),
      holdClients(tx, actor.clinicId, people, scope),
      findFull(tx, people, mostRelatives),
    ]);
    if (found.length < people.length) throw await explainRefusal(tx, actor, people);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { body: await readLink(tx, actor, clientId, earlier), replayed: true };
    const archived = found.find(({ archived_at }) => archived_at !== null);
    if (archived !== undefined) throw conflict('client_archived', { clientId: archived.id });
    if (full !== undefined) throw conflict('too_many_relatives', { clientId: full, limit: mostRelatives });
    const [first = '', second = ''] = isReversed(input.kind) ? people.toReversed() : people;
    const link = { id, clinicId: actor.clinicId, clientId: first, relativeId: second, kind: storedKinds[input.kind] };
    if (!(await insertLink(tx, { ...link, by: actor.professionalId }))) throw conflict('already_related');
    const [body] = await Promise.all([
      readLink(tx, actor, clientId, id),
      recordBoth(tx, actor, 'client_linked', people),
    ]);
    return { body, replayed: false };
  });
}

async function readLink(tx: Transaction, actor: Actor, clientId: string, id: string): Promise<Relative> {
  const row = await findLink(tx, clientId, id, readingScope(actor));
  if (row === undefined) throw notFound();
  return presentRelative(row);
}

/** Takes a link away, which takes the right to both clients. Throws not_found, forbidden. */
export async function unlinkRelative(db: Database, actor: Actor, clientId: string, linkId: string): Promise<void> {
  const scope = writingScope(actor);
  await db.write(actor, async (tx) => {
    const [client, link] = await Promise.all([
      holdClient(tx, actor.clinicId, clientId, scope),
      findLink(tx, clientId, linkId, scope),
    ]);
    if (client === undefined || link === undefined) throw await explainKeptLink(tx, actor, clientId, linkId);
    await Promise.all([deleteLink(tx, link.id), recordBoth(tx, actor, 'client_unlinked', [clientId, link.client_id])]);
  });
}

/** Why somebody cannot take a link away: forbidden where they see both clients, otherwise not_found. */
async function explainKeptLink(tx: Transaction, actor: Actor, clientId: string, linkId: string): Promise<DomainError> {
  const link = await findLink(tx, clientId, linkId, readingScope(actor));
  return link === undefined ? notFound() : explainRefusal(tx, actor, [clientId, link.client_id]);
}
