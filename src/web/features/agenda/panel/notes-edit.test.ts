import { describe, expect, it } from 'vitest';
import { compareNotes, isNotesDraft, notesDraftKey } from './notes-edit.ts';

describe('notes that are being written', () => {
  it('are changed against the notes they began with', () => {
    expect(compareNotes(undefined, 'Dor no ombro')).toBe('unchanged');
    expect(compareNotes({ text: 'Dor no ombro', base: 'Dor no ombro' }, 'Dor no ombro')).toBe('unchanged');
    expect(compareNotes({ text: 'Dor no ombro direito', base: 'Dor no ombro' }, 'Dor no ombro')).toBe('changed');
  });

  it('are disputed once somebody else stored other notes', () => {
    expect(compareNotes({ text: 'Dor no ombro', base: '' }, 'Dor no joelho')).toBe('disputed');
    expect(compareNotes({ text: 'Dor no joelho', base: '' }, 'Dor no joelho')).toBe('unchanged');
    expect(compareNotes({ text: '', base: '' }, 'Dor no joelho')).toBe('unchanged');
  });

  it('have a draft for each appointment', () => {
    expect(notesDraftKey('a1')).toBe('acolhe:draft:notes:a1');
    expect(isNotesDraft({ owner: 'ana', text: 'Dor', base: '' })).toBe(true);
    expect(isNotesDraft({ owner: 'ana', text: 'Dor' })).toBe(false);
  });
});
