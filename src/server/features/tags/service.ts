import { v7 as uuidv7 } from 'uuid';
import type { ClinicTag, TagInput, TagPatch } from '../../../shared/contracts/tags.ts';
import { may, wholeClinic } from '../../../shared/permissions.ts';
import { isSameValue } from '../../../shared/same-value.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { type AuditAction, type AuditEvent, describeChanges, recordEvent } from '../audit/api.ts';
import { replaceTag, readingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import {
  countTags,
  findTag,
  insertTag,
  listTagRows,
  type LockedTag,
  lockTags,
  readTagName,
  removeTag,
  type TagRow,
  updateTag,
} from './queries.ts';

/** The most tags that a list shows; beyond it, those that do not warn and come last by name are left out. */
const mostListed = 2000;
/** The most tags that can be added by hand. */
const mostTags = 1000;

interface TagAnswer {
  readonly body: ClinicTag;
  readonly etag: string;
}

const presentTag = ({ id, version, name, color, icon, warns, clients }: TagRow): ClinicTag => ({
  id,
  version,
  name,
  color: color as ClinicTag['color'],
  icon: icon as ClinicTag['icon'],
  warns,
  clients,
});

function answer(row: TagRow | undefined): TagAnswer {
  if (row === undefined) throw notFound();
  return { body: presentTag(row), etag: etagOf(row.version) };
}

function assertMayManage(actor: Actor): void {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
}

const record = (tx: Transaction, actor: Actor, action: AuditAction, id: string, details?: AuditEvent['details']) =>
  recordEvent(tx, actor, { action, recordType: 'tag', recordId: id, ...(details && { details }) });

/** The clinic's tags, those that warn first, then by name. Everybody knows them; clients are counted within the scope. */
export async function listTags(db: Database, actor: Actor): Promise<ClinicTag[]> {
  return (await db.read(actor, (tx) => listTagRows(tx, readingScope(actor), mostListed))).map(presentTag);
}

/** Adds a tag. Throws forbidden, duplicate_tag, list_full, idempotency_key_reused. */
export async function addTag(
  db: Database,
  actor: Actor,
  input: TagInput,
  idempotencyKey: string | undefined,
): Promise<TagAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, count, { tidy: name, known }] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /tags', content: [input], recordId: id }),
      countTags(tx),
      readTagName(tx, input.name),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { ...answer(await findTag(tx, earlier, wholeClinic)), replayed: true };
    if (known !== null) throw conflict('duplicate_tag', { tag: known });
    if (count >= mostTags) throw conflict('list_full');
    const [isAdded] = await Promise.all([
      insertTag(tx, { ...input, name, id, clinicId: actor.clinicId }),
      record(tx, actor, 'tag_added', id),
    ]);
    if (!isAdded) throw conflict('duplicate_tag');
    return { ...answer(await findTag(tx, id, wholeClinic)), replayed: false };
  });
}

/**
 * Changes a tag; a new name is written into all clients who have it, with a version of each. Throws forbidden, not_found, stale,
 * and duplicate_tag with the other tag of that name.
 */
export async function changeTag(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: TagPatch,
): Promise<TagAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const [[before], written] = await Promise.all([
      lockTags(tx, [id]),
      patch.name === undefined ? undefined : readTagName(tx, patch.name),
    ]);
    if (before === undefined) throw notFound();
    if (!matches(before.version)) throw conflict('stale');
    const other = written?.known ?? null;
    if (other !== null && other.id !== id) throw conflict('duplicate_tag', { tag: other });
    const next = valuesAfter(before, { ...patch, name: written?.tidy });
    if (isSameValue(valuesAfter(before, {}), next)) return answer(await findTag(tx, id, wholeClinic));
    await Promise.all([
      updateTag(tx, id, next),
      ...(next.name === before.name ? [] : [replaceTag(tx, actor, { from: before.name, to: next.name })]),
      record(tx, actor, next.name === before.name ? 'tag_changed' : 'tag_renamed', id, describeLook(before, next)),
    ]);
    return answer(await findTag(tx, id, wholeClinic));
  });
}

/** Gives all clients of a tag another one instead, with a version of each, and deletes it. Throws forbidden, not_found, invalid_request. */
export async function mergeTags(db: Database, actor: Actor, id: string, into: string): Promise<TagAnswer> {
  assertMayManage(actor);
  if (id === into) throw invalidField('into', 'invalid_value');
  return db.write(actor, async (tx) => {
    const locked = await lockTags(tx, [id, into]);
    const [from, to] = [id, into].map((each) => locked.find((row) => row.id === each));
    if (from === undefined || to === undefined) throw notFound();
    await Promise.all([
      replaceTag(tx, actor, { from: from.name, to: to.name }),
      removeTag(tx, id),
      record(tx, actor, 'tag_merged', into),
    ]);
    return answer(await findTag(tx, into, wholeClinic));
  });
}

/** Deletes a tag and takes it from all clients who have it, with a version of each. Throws forbidden, not_found, stale. */
export async function deleteTag(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
): Promise<void> {
  assertMayManage(actor);
  await db.write(actor, async (tx) => {
    const [tag] = await lockTags(tx, [id]);
    if (tag === undefined) throw notFound();
    if (!matches(tag.version)) throw conflict('stale');
    await Promise.all([
      replaceTag(tx, actor, { from: tag.name, to: null }),
      removeTag(tx, id),
      record(tx, actor, 'tag_deleted', id),
    ]);
  });
}

const valuesAfter = (before: LockedTag, { name, color, icon, warns }: TagPatch): TagInput => ({
  name: name ?? before.name,
  color: color ?? (before.color as TagInput['color']),
  icon: icon ?? (before.icon as TagInput['icon']),
  warns: warns ?? before.warns,
});

/** What changed besides the name, which people write freely and which therefore stays out of the trail. */
const describeLook = (before: LockedTag, { color, icon, warns }: TagInput) =>
  describeChanges({ color: before.color, icon: before.icon, warns: before.warns }, { color, icon, warns });
