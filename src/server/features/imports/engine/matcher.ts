import { growsTooMuch, mostTags } from '../../../../shared/contracts/clients.ts';
import { createIdMaker } from './ids.ts';
import type { ImportRow, RowProblemCode, TextField } from '../reading/rows.ts';
import {
  type FieldChange,
  keysOf,
  type KnownClient,
  mergeChanges,
  unchanged,
  type WorkingSet,
} from './known-client.ts';
import { canBeOnePerson } from './person-names.ts';

export type OnConflict = 'skip' | 'update' | 'create';

export interface MatchRules {
  /** Whose clients they become. */
  readonly professionalId: string;
  readonly onConflict: OnConflict;
  /** A professional's own import does not change clients of colleagues. */
  readonly ownOnly: boolean;
  /** The file is our own export: people who share an e-mail there are different people. */
  readonly exact: boolean;
}

export type Outcome =
  | { readonly kind: 'created'; readonly client: KnownClient }
  | { readonly kind: 'updated'; readonly client: KnownClient; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'unchanged'; readonly client: KnownClient }
  | {
      readonly kind: 'conflict';
      readonly client: KnownClient;
      /** Undefined where the row as a whole is the problem. */
      readonly field: TextField | undefined;
      readonly code: RowProblemCode;
    }
  | { readonly kind: 'rejected'; readonly field: TextField; readonly code: RowProblemCode };

interface Match {
  readonly client: KnownClient;
  /** The field that matched. */
  readonly by: TextField;
  /** Why the row may be somebody else. */
  readonly doubt?: { readonly field: TextField; readonly code: RowProblemCode };
}

/**
 * Decides what a row does and applies it to the clients in memory. Rows come in the order of the file; `isNew` says of one
 * that nobody is known by any of its keys.
 */
export function applyRow(row: ImportRow, isNew: boolean, known: WorkingSet, rules: MatchRules): Outcome {
  const match = isNew ? undefined : findMatch(row, known, rules);
  if (match === undefined) return create(row, known, rules);
  const { client, by, doubt } = match;
  if (doubt !== undefined) {
    // An export marks all but one of those who share a phone, and the unmarked one may come last.
    const isSaidToShare = row.sharedPhone || (rules.exact && doubt.field === 'phone' && client.phoneShared);
    if (isSaidToShare || rules.onConflict === 'create') return create(row, known, rules);
    if (rules.onConflict === 'skip') return { kind: 'conflict', client, ...doubt };
  }
  if (rules.ownOnly && client.professionalId !== rules.professionalId)
    return { kind: 'conflict', client, field: by, code: 'client_of_another' };
  return update(row, client, known, rules);
}

function findMatch(row: ImportRow, known: WorkingSet, rules: MatchRules): Match | undefined {
  const keys = keysOf(row.values);
  const [byDocument] = known.find('document', keys.document);
  if (byDocument !== undefined) return { client: byDocument, by: 'document' };
  const byPhone = known.find('phone', keys.phone);
  const byEmail = known.find('email', keys.email);
  const other = byPhone[0] ?? byEmail[0];
  if (other === undefined) return findBare(row, known, keys.name);
  const isSame = (client: KnownClient): boolean => doubtOf(row, client) === undefined;
  const samePhone = byPhone.find(isSame);
  if (samePhone !== undefined) return { client: samePhone, by: 'phone' };
  const sameEmail = byEmail.find(isSame);
  if (sameEmail !== undefined) return { client: sameEmail, by: 'email' };
  if (rules.exact && byPhone.length === 0) return undefined;
  const code = doubtOf(row, other) ?? 'conflicting_name';
  const by = byPhone.length > 0 ? 'phone' : 'email';
  return { client: other, by, doubt: { field: by, code } };
}

/** Why a row and a client that share a phone or an e-mail are two people. */
function doubtOf(row: ImportRow, client: KnownClient): RowProblemCode | undefined {
  if (!canBeOnePerson(row.values, client.values)) return 'conflicting_name';
  const { document } = row.values;
  return document !== undefined && client.values.document !== undefined && client.values.document !== document
    ? 'conflicting_document'
    : undefined;
}

/** People known only by name, and perhaps date of birth, are the same if both agree. */
function findBare(row: ImportRow, known: WorkingSet, name: string | undefined): Match | undefined {
  const client = known.find('name', name).find(({ values }) => values.dateOfBirth === row.values.dateOfBirth);
  return client === undefined ? undefined : { client, by: 'firstName' };
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
    professionalId: rules.professionalId,
    phoneShared: row.sharedPhone || known.find('phone', row.values.phone).some(({ phoneShared }) => !phoneShared),
    values: row.values,
    tags: row.tags ?? [],
    extra: row.extra ?? null,
  };
  known.add(client);
  return { kind: 'created', client };
}

/** A phone that stands in for a missing one is, to a client who has a phone, the other number. */
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
  const shared = newPhone && known.find('phone', phone).some((other) => other !== client);
  if (shared && !row.sharedPhone && rules.onConflict === 'skip')
    return { kind: 'conflict', client, field: 'phone', code: 'phone_of_another' };
  const changes = changesOf(row, client, rules.professionalId);
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

/** The changes that a row makes to a client; an empty cell erases nothing. */
function changesOf(row: ImportRow, client: KnownClient, professionalId: string): FieldChange[] {
  const changes: FieldChange[] = [];
  const sameName = row.splitName && nameOf(row.values) === nameOf(client.values);
  for (const field of Object.keys(row.values) as TextField[]) {
    const to = row.values[field];
    const from = client.values[field];
    if (to === undefined || to === from || (from !== undefined && isSameText(field, from, to))) continue;
    // The full name was split at a different place before.
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

/** What the client could not hold besides what it has. */
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

/** Reading trims cells, and the domain of an e-mail is case-insensitive. */
const isSameText = (field: TextField, from: string, to: string): boolean =>
  from.trim() === to || (field === 'email' && from.toLowerCase() === to.toLowerCase());
