import { mostTags, type TextField } from '../../../../shared/client-fields.ts';
import { growsTooMuch } from '../../../../shared/extra-columns.ts';
import { createIdMaker } from '../../../id-maker.ts';
import type { ImportRow, RowProblemCode } from '../reading/rows/rows.ts';
import { findMatch } from './find-match.ts';
import { type MatchRules, ownerOf } from './match-rules.ts';
import { type FieldChange, keysOf, type KnownClient, printOf, unchanged } from '../../clients/bulk-api.ts';
import type { WorkingSet } from './working-set.ts';
import { isSameValue } from '../../../../shared/same-value.ts';

export type Outcome =
  | { readonly kind: 'created'; readonly client: KnownClient }
  | { readonly kind: 'updated'; readonly client: KnownClient; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'unchanged'; readonly client: KnownClient }
  | {
      readonly kind: 'conflict';
      /** The client whom the row may be; undefined if there are too many. */
      readonly client: KnownClient | undefined;
      /** Undefined when the whole row is the problem. */
      readonly field: TextField | undefined;
      readonly code: RowProblemCode;
    }
  | { readonly kind: 'rejected'; readonly field: TextField; readonly code: RowProblemCode };

/**
 * Decides what a row does and applies it to the clients in memory. Call it in the order of the file. `isNew`: no client is known
 * by any of the row's keys.
 */
export function applyRow(row: ImportRow, isNew: boolean, known: WorkingSet, rules: MatchRules): Outcome {
  if (row.archivedAt !== undefined) return keepArchived(row, known, rules);
  if (rules.apart.has(row.line)) return keepApart(row, known, rules);
  const found = isNew ? undefined : findMatch(row, known, rules);
  if (found === undefined) return create(row, known, rules);
  if (found.kind === 'match') return update(row, found.client, known, rules);
  const { client, field, code, mayCreate, mayUpdate } = found;
  // Our export marks all but one of the people who share a phone, and the unmarked one may come last.
  const isSaidToShare = row.sharedPhone || (rules.exact && field === 'phone' && client?.phoneShared === true);
  if (mayCreate && (isSaidToShare || rules.onConflict === 'create')) return create(row, known, rules);
  if (mayUpdate && rules.onConflict === 'update' && client !== undefined) return update(row, client, known, rules);
  return { kind: 'conflict', client, field, code };
}

/** An archived client comes back as one, whoever has the same number today, unless the clinic has that archived record. */
function keepArchived(row: ImportRow, known: WorkingSet, rules: MatchRules): Outcome {
  const outcome = create(row, known, rules);
  if (outcome.kind !== 'created') return outcome;
  return rules.archived.has(printOf(outcome.client)) ? { kind: 'unchanged', client: outcome.client } : outcome;
}

/** Somebody said that the row is another person: a new client, unless its document is that of the other one. */
function keepApart(row: ImportRow, known: WorkingSet, rules: MatchRules): Outcome {
  const client = known.findByDocument(keysOf(row.values).document);
  if (client === undefined) return create(row, known, rules);
  const isHidden = rules.ownOnly && client.professionalId !== rules.professionalId;
  return { kind: 'conflict', client, field: 'document', code: isHidden ? 'client_of_another' : 'same_document' };
}

const nextId = createIdMaker();

function create(row: ImportRow, known: WorkingSet, rules: MatchRules): Outcome {
  if (row.values.firstName === undefined) return { kind: 'rejected', field: 'firstName', code: 'required' };
  const client: KnownClient = {
    id: nextId(),
    version: 0,
    created: true,
    pending: [],
    changedBy: unchanged,
    professionalId: ownerOf(row, rules),
    phoneShared: row.sharedPhone || (row.archivedAt === undefined && known.holderOf(row.values.phone) !== undefined),
    archivedAt: row.archivedAt,
    values: row.values,
    tags: row.tags ?? [],
    extra: row.extra ?? null,
  };
  // Nobody is matched with an archived client.
  if (row.archivedAt === undefined) known.add(client);
  return { kind: 'created', client };
}

/** A phone from another column (`phoneStandsIn`) becomes the secondary phone of a client who already has a phone. */
function besidePhone(row: ImportRow, client: KnownClient): ImportRow {
  if (!row.phoneStandsIn) return row;
  const { phone, ...values } = row.values;
  const hasPhone = client.values.phone !== undefined && client.values.phone !== phone;
  if (!hasPhone || phone === undefined || values.secondaryPhone !== undefined) return row;
  return { ...row, values: { ...values, secondaryPhone: phone } };
}

function update(given: ImportRow, client: KnownClient, known: WorkingSet, rules: MatchRules): Outcome {
  const row = besidePhone(given, client);
  const { phone } = row.values;
  const newPhone = phone !== undefined && phone !== client.values.phone;
  const shared = newPhone && known.findOther(phone, client) !== undefined;
  if (shared && !row.sharedPhone && rules.onConflict === 'skip')
    return { kind: 'conflict', client, field: 'phone', code: 'phone_of_another' };
  const changes = changesOf(row, client, ownerOf(row, rules));
  if (changes.length === 0) return { kind: 'unchanged', client };
  const overfull = findOverfull(row, client, changes);
  if (overfull !== undefined) return { kind: 'conflict', client, field: undefined, code: overfull };
  const values = { ...client.values };
  for (const { field, to } of changes) {
    if (field === 'tags') client.tags = to as string[];
    else if (field === 'extra') client.extra = to as Record<string, string>;
    else if (field === 'professionalId') client.professionalId = to as string;
    else values[field] = to as string;
  }
  client.values = values;
  if (newPhone) client.phoneShared = shared;
  client.pending = mergeChanges(client.pending, changes);
  client.changedBy = { rows: client.changedBy.rows + 1, line: client.changedBy.line || row.line };
  known.add(client);
  return { kind: 'updated', client, changes };
}

/** The changes that a row makes to a client. Empty cells erase nothing. */
function changesOf(row: ImportRow, client: KnownClient, professionalId: string): FieldChange[] {
  const changes: FieldChange[] = [];
  const sameName = row.splitName && nameOf(row.values) === nameOf(client.values);
  for (const field of Object.keys(row.values) as TextField[]) {
    const to = row.values[field];
    const from = client.values[field];
    if (to === undefined || to === from || (from !== undefined && isSameText(field, from, to))) continue;
    // The same full name, only split at another place.
    if (sameName && (field === 'firstName' || field === 'lastName')) continue;
    changes.push({ field, from: from ?? null, to });
  }
  const tags = [...new Set([...client.tags, ...(row.tags ?? [])])];
  if (tags.length > client.tags.length) changes.push({ field: 'tags', from: client.tags, to: tags });
  const extra = Object.entries(row.extra ?? {}).some(([key, value]) => client.extra?.[key] !== value);
  if (extra) changes.push({ field: 'extra', from: client.extra, to: { ...client.extra, ...row.extra } });
  if (client.professionalId !== professionalId)
    changes.push({ field: 'professionalId', from: client.professionalId, to: professionalId });
  return changes;
}

/** Combines successive changes of a field into one; drops those that restore the first value. */
function mergeChanges(earlier: readonly FieldChange[], later: readonly FieldChange[]): FieldChange[] {
  const byField = new Map(earlier.map((change) => [change.field, change]));
  for (const change of later) {
    const before = byField.get(change.field);
    byField.set(change.field, before === undefined ? change : { ...change, from: before.from });
  }
  return [...byField.values()].filter(({ from, to }) => !isSameValue(from, to));
}

/** Which limit the changes would exceed, if any. */
function findOverfull(
  row: ImportRow,
  client: KnownClient,
  changes: readonly FieldChange[],
): RowProblemCode | undefined {
  if (new Set([...client.tags, ...(row.tags ?? [])]).size > Math.max(mostTags, client.tags.length))
    return 'too_many_tags';
  const extra = changes.find(({ field }) => field === 'extra');
  return extra !== undefined && growsTooMuch(extra.from, extra.to) ? 'too_much_extra' : undefined;
}

const nameOf = ({ firstName = '', lastName = '' }: KnownClient['values']): string =>
  `${firstName} ${lastName}`.trim().replace(/\s+/g, ' ');

/** Equal apart from outer spaces, which reading trims, and from the case of an e-mail. */
const isSameText = (field: TextField, from: string, to: string): boolean =>
  from.trim() === to || (field === 'email' && from.toLowerCase() === to.toLowerCase());
