import { type Draft, draftPrefix } from '../../../lib/drafts.ts';

/** Notes that are being written. */
export interface NotesEdit {
  readonly text: string;
  /** The stored notes that the writing began with, or that the person decided to replace. */
  readonly base: string;
}

export interface NotesDraft extends Draft, NotesEdit {}

export const notesDraftKey = (appointmentId: string): string => `${draftPrefix}notes:${appointmentId}`;

export const isNotesDraft = (value: unknown): value is NotesDraft =>
  typeof value === 'object' &&
  value !== null &&
  'owner' in value &&
  'text' in value &&
  typeof value.text === 'string' &&
  'base' in value &&
  typeof value.base === 'string';

/** Where an edit stands against the notes that are stored now. `disputed`: they became others than those it began with. */
export function compareNotes(edit: NotesEdit | undefined, stored: string): 'unchanged' | 'changed' | 'disputed' {
  if (edit === undefined || edit.text === stored || edit.text === edit.base) return 'unchanged';
  return edit.base === stored ? 'changed' : 'disputed';
}
