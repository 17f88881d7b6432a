import { formTexts, type FormValues } from './form-fields.ts';

/** What a half-filled form needs to go on after a reload: the words, and what they were a change of. */
export interface FormDraft {
  /** Id of the professional who was typing: nobody else is shown it. */
  readonly owner: string;
  readonly values: FormValues;
  /** The record as it was when the edit began, and its ETag; absent for a new client. */
  readonly base?: FormValues;
  readonly etag?: string;
  /** Kept over the reload, so that a creation whose answer was lost is not repeated as a second client. */
  readonly idempotencyKey: string;
}

/** Every key of a draft begins so; signing out removes them all. */
export const draftPrefix = 'acolhe:draft:';

/** The part of `sessionStorage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The key of a client's draft, or of the new client's. */
export const draftKey = (clientId: string | undefined): string => `${draftPrefix}client:${clientId ?? 'new'}`;

const isValues = (value: unknown): value is FormValues =>
  typeof value === 'object' &&
  value !== null &&
  'tags' in value &&
  Array.isArray(value.tags) &&
  formTexts.every((field) => typeof (value as Record<string, unknown>)[field] === 'string');

const isDraft = (value: unknown): value is FormDraft =>
  typeof value === 'object' &&
  value !== null &&
  'values' in value &&
  isValues(value.values) &&
  (!('base' in value) || isValues(value.base)) &&
  'owner' in value &&
  'idempotencyKey' in value;

/** The draft under a key, if this person left one that this version of the form can still read. */
export function findDraft(store: DraftStore, key: string, owner: string): FormDraft | undefined {
  try {
    const draft: unknown = JSON.parse(store.getItem(key) ?? 'null');
    return isDraft(draft) && draft.owner === owner ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft. A full or forbidden store loses the comfort, never the form. */
export function keepDraft(store: DraftStore, key: string, draft: FormDraft): void {
  try {
    store.setItem(key, JSON.stringify(draft));
  } catch {
    store.removeItem(key);
  }
}
