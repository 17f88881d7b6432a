import { z } from 'zod';

// Lone surrogates are no Unicode text, PostgreSQL cannot hold NUL, and nobody types other control characters on purpose.
// oxlint-disable-next-line no-control-regex
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex
const lineBreaks = /[\u0009\u000a\u000d\u0085\u2028\u2029]/;

/** Text with several lines, stored exactly as sent. `max` counts Unicode code points, as PostgreSQL does. */
export const multilineText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !unstorable.test(value), 'invalid_text')
    // Decoders write U+FFFD in place of bytes that they cannot read: the letter is lost already.
    .refine((value) => !value.includes('\ufffd'), 'damaged_text');

/** One line of text, stored exactly as sent. */
export const singleLineText = (max: number) =>
  multilineText(max).refine((value) => !lineBreaks.test(value), 'invalid_text');

// Not spaces, joiners, fillers, nor the blank Braille pattern, which Unicode counts as a symbol.
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;

/** One line of text with at least one visible character. */
export const name = (max: number) => singleLineText(max).refine((value) => visible.test(value), 'blank');

/** Text with several lines and at least one visible character. */
export const longText = (max: number) => multilineText(max).refine((value) => visible.test(value), 'blank');

/** Whether nothing can be seen of a text that could be stored: whoever sends it means that there is nothing. */
export const isInvisible = (text: string): boolean => !visible.test(text) && !unstorable.test(text);
