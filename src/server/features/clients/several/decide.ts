import { mostTags } from '../../../../shared/client-fields.ts';
import type { LeftCode, SeveralChange } from '../../../../shared/contracts/several-clients.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { isSameValue } from '../../../../shared/same-value.ts';
import type { FieldChange } from '../fields.ts';
import type { VersionAction } from '../history-queries.ts';
import type { ClientRow } from '../queries.ts';

/** What becomes of one client: a new version, or why there is none. */
export type Decision =
  | { readonly kind: 'write'; readonly action: VersionAction; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'left'; readonly code: LeftCode };

type Decided = Pick<ClientRow, 'tags' | 'professional_id' | 'archived_at' | 'merged_into'>;

const unchanged: Decision = { kind: 'unchanged' };

const write = (...changes: readonly FieldChange[]): Decision => ({ kind: 'write', action: 'update', changes });

const isSameTag = (one: string, other: string): boolean => foldText(one) === foldText(other);

/** What a change does to a client. */
export function decide(row: Decided, { addTag, removeTag, professionalId, archive }: SeveralChange): Decision {
  const { tags } = row;
  if (addTag !== undefined) {
    if (tags.some((tag) => isSameTag(tag, addTag))) return unchanged;
    if (tags.length >= mostTags) return { kind: 'left', code: 'too_many_tags' };
    return write({ field: 'tags', from: tags, to: [...tags, addTag] });
  }
  if (removeTag !== undefined) {
    const kept = tags.filter((tag) => !isSameTag(tag, removeTag));
    return kept.length === tags.length ? unchanged : write({ field: 'tags', from: tags, to: kept });
  }
  if (professionalId !== undefined)
    return row.professional_id === professionalId
      ? unchanged
      : write({ field: 'professionalId', from: row.professional_id, to: professionalId });
  if (archive === true && row.archived_at === null) return { kind: 'write', action: 'archive', changes: [] };
  return unchanged;
}

/** A version that a change of several clients wrote. */
export interface WrittenVersion {
  readonly action: string;
  readonly changes: readonly FieldChange[];
  /** When it was written, which is when those whom it archived were archived. */
  readonly made_at: Date;
}

/** How a client gets back what such a version took. Tags that others have added since stay. A merged record is the other one's. */
export function decideUndo(row: Decided, { action, changes: [change], made_at }: WrittenVersion): Decision {
  if (row.archived_at !== null && row.merged_into !== null) return changedSince;
  if (action === 'archive')
    return row.archived_at?.getTime() === made_at.getTime()
      ? { kind: 'write', action: 'restore', changes: [] }
      : changedSince;
  if (change?.field === 'tags') {
    const tags = restoreTags(row.tags, change.from as string[], change.to as string[]);
    return isSameValue(tags, row.tags) ? changedSince : write({ field: 'tags', from: row.tags, to: tags });
  }
  return change?.field === 'professionalId' && row.professional_id === change.to
    ? write({ field: 'professionalId', from: change.to, to: change.from })
    : changedSince;
}

const changedSince: Decision = { kind: 'left', code: 'changed_since' };

function restoreTags(current: readonly string[], before: readonly string[], after: readonly string[]): string[] {
  const kept = current.filter((tag) => before.includes(tag) || !after.includes(tag));
  const missing = before.filter((tag) => !after.includes(tag) && !kept.some((other) => isSameTag(tag, other)));
  return [...kept, ...missing].slice(0, Math.max(mostTags, current.length));
}
