/** Printable ASCII, which nothing below would change: a short cut for nearly all numbers, dates and addresses. */
const ascii = /^[ -~]*$/;

// Direction marks, joiners, soft hyphens, variation selectors, byte order marks: characters without width on the screen.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;
// Unicode's class of dashes, and other signs that look like one.
const dashes = /[\p{Pd}\u02d7\u2043\u207b\u208b\u2212\u2796]/gu;
const spaces = /[\p{Zs}\u2028\u2029]/gu;

/** The text as it looks on the screen: without invisible characters, and with one kind of dash and of space. */
export function normalizeCharacters(text: string): string {
  if (ascii.test(text)) return text;
  return text.replace(invisible, '').replace(dashes, '-').replace(spaces, ' ');
}

/**
 * Prepares a value that has a format (a number, date or address) for reading: as it looks on the screen, without spaces around
 * it. Not for names and other free text, where joiners and other dashes belong to what was written.
 */
export const plainSpelling = (text: string): string => normalizeCharacters(text).trim();
