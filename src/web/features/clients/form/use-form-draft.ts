import { useEffect, useState } from 'react';
import { storeDraft } from '../../../lib/drafts.ts';
import { draftKey, findDraft, type FormDraft } from './form-draft.ts';
import type { FormValues } from './form-fields.ts';

/** This person's stored draft of a client's form, read once. */
export const useStoredDraft = (clientId: string | undefined, owner: string): FormDraft | undefined =>
  useState(() => findDraft(sessionStorage, draftKey(clientId), owner))[0];

export const deleteDraft = (clientId: string | undefined): void => {
  sessionStorage.removeItem(draftKey(clientId));
};

interface StoreDraftOptions extends FormDraft {
  readonly clientId: string | undefined;
  readonly isChanged: boolean;
}

/** Stores what is typed, for a reload or an expired session; an untouched form is not stored. */
export function useStoreDraft({
  clientId,
  isChanged,
  owner,
  values,
  base,
  etag,
  idempotencyKey,
}: StoreDraftOptions): void {
  useEffect(() => {
    if (!isChanged) {
      deleteDraft(clientId);
      return;
    }
    const target: { base?: FormValues; etag?: string } = {};
    if (base !== undefined) target.base = base;
    if (etag !== undefined) target.etag = etag;
    const draft: FormDraft = { owner, values, idempotencyKey, ...target };
    storeDraft(sessionStorage, draftKey(clientId), draft);
  }, [clientId, isChanged, owner, values, base, etag, idempotencyKey]);
}
