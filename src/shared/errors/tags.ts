import { text } from './text.ts';

/** The clinic's tags. */
export const tagErrors = {
  duplicate_tag: text(
    409,
    'A clínica já tem uma etiqueta com este nome. Una as duas ou escolha outro nome.',
    'The clinic has a tag of this name already. Merge the two, or choose another name.',
  ),
} as const;
