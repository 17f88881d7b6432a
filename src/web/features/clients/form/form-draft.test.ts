import { describe, expect, it } from 'vitest';
import { draftPrefix, type DraftStore, storeDraft } from '../../../lib/drafts.ts';
import { draftKey, findDraft } from './form-draft.ts';
import { emptyValues } from './form-model.ts';

function memoryStore(room = Infinity): DraftStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => {
      kept.delete(key);
    },
  };
}

const draft = { owner: 'ana', values: { ...emptyValues, firstName: 'Rita' }, idempotencyKey: 'k' };

describe('form drafts', () => {
  it('come back to the person who wrote them, and to nobody else', () => {
    const store = memoryStore();
    storeDraft(store, draftKey(undefined), draft);
    expect(findDraft(store, draftKey(undefined), 'ana')).toEqual(draft);
    expect(findDraft(store, draftKey(undefined), 'bruno')).toBeUndefined();
    expect(findDraft(store, draftKey('another'), 'ana')).toBeUndefined();
  });

  it('are found by their prefix', () => {
    expect(draftKey('x').startsWith(draftPrefix)).toBe(true);
  });

  it('of another shape are left alone', () => {
    const store = memoryStore();
    store.setItem('a', '{"owner":"ana","idempotencyKey":"k","values":{"firstName":"Rita"}}');
    store.setItem('b', 'not JSON');
    expect(findDraft(store, 'a', 'ana')).toBeUndefined();
    expect(findDraft(store, 'b', 'ana')).toBeUndefined();
  });

  it('never break the form when the store is full', () => {
    const store = memoryStore(10);
    storeDraft(store, 'a', draft);
    expect(findDraft(store, 'a', 'ana')).toBeUndefined();
  });
});
