/** Every sign of printable ASCII, which is what nearly all numbers, dates and addresses are made of. */
const ascii = /^[ -~]*$/;

// Direction marks, joiners, soft hyphens, variation selectors, byte order marks: all that takes no room on the screen.
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;
// Besides Unicode's own class of dashes: signs that look like one.
const dashes = /[\p{Pd}\u02d7\u2043\u207b\u208b\u2212\u2796]/gu;
const spaces = /[\p{Zs}\u2028\u2029]/gu;

/** A text as one sees it: without invisible signs, with one kind of dash and of space. */
export function seenText(text: string): string {
  if (ascii.test(text)) return text;
  return text.replace(unseen, '').replace(dashes, '-').replace(spaces, ' ');
}

/**
 * How a value that has a format is read: as one sees it, without spaces around it. Not for names and other free text,
 * where joiners and dashes of other kinds are a part of what is written.
 */
export const plainSpelling = (text: string): string => seenText(text).trim();
