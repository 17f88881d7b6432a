import { text } from './text.ts';

/** Merging two records, and taking that back. */
export const duplicateErrors = {
  client_archived: text(
    409,
    'Um dos cadastros está arquivado. Veja como eles estão agora.',
    'One of the records is archived. Check their current state.',
  ),
  merge_undone: text(409, 'Esta união já foi desfeita.', 'This merge has already been undone.'),
  merge_expired: text(
    409,
    'Uma união pode ser desfeita em até 30 dias. Este prazo passou.',
    'A merge can be undone within 30 days. That time has passed.',
  ),
} as const;
