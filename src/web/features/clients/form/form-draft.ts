import { type Draft, draftPrefix, type DraftStore, readDraft } from '../../../lib/drafts.ts';
import { formTexts, type FormValues } from './form-fields.ts';

/** An unfinished form as it is stored over a reload: the values, and the version that they change. */
export interface FormDraft extends Draft {
  readonly values: FormValues;
  /** The record as it was when the edit began, and its ETag; absent for a new client. */
  readonly base?: FormValues;
  readonly etag?: string;
  /** Stored too, so that sending a creation again after a lost answer does not make a second client. */
  readonly idempotencyKey: string;
}

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

/** The draft under a key, if it is this person's and this release of the form can read it. */
export const findDraft = (store: DraftStore, key: string, owner: string): FormDraft | undefined =>
  readDraft(store, key, owner, isDraft);
