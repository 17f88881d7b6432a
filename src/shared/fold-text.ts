/** Text as search compares it: no accents, no case (NFKD without combining marks). */
export const foldText = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The same of one line, in which the number of spaces makes no difference. */
export const foldLine = (value: string): string => foldText(value).replace(/\s+/g, ' ').trim();
