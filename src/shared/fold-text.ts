/** Text as search compares it: no accents, no case (NFKD without combining marks). */
export const foldText = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
