/** The part of `sessionStorage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Unfinished text as it is stored for a reload or an expired session. Signing out removes it. */
export interface Draft {
  /** Id of the person who was typing: nobody else is shown it. */
  readonly owner: string;
}

/** Prefix of every draft's key. */
export const draftPrefix = 'acolhe:draft:';

/** The draft under a key, if it is this person's and this release can read it. */
export function readDraft<D extends Draft>(
  store: DraftStore,
  key: string,
  owner: string,
  isDraft: (value: unknown) => value is D,
): D | undefined {
  try {
    const draft: unknown = JSON.parse(store.getItem(key) ?? 'null');
    return isDraft(draft) && draft.owner === owner ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a draft. When the storage is full or forbidden, there is no draft, but the form works on. */
export function storeDraft(store: DraftStore, key: string, draft: Draft): void {
  try {
    store.setItem(key, JSON.stringify(draft));
  } catch {
    store.removeItem(key);
  }
}
