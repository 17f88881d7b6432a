// What people and software write into a cell for “nothing”.

import { foldText } from '../../../../../shared/fold-text.ts';

/** What databases and programs write. Case matters: `Nan` and `Null` are names of people. */
const written: ReadonlySet<string> = new Set(
  'NULL null (null) (NULL) <null> <NULL> [NULL] [null] \\N undefined NaN nan NaT None nil'.split(' '),
);
/** Error values of spreadsheets in English, Portuguese and Spanish. */
const failed =
  /^#(?:n\/[ad]|ref!|nome\?|name\?|¿?nombre\?|valor!|value!|¡valor!|¡ref!|div\/0!|¡div\/0!|nulo!|null!|¡nulo!|n[uú]m!|¡num!|calc!|c[aá]lc!|despejar!|spill!|getting_data)$/i;
const longest = 16;

/** Whether software wrote “nothing”: `NULL`, `\N`, `#N/D`. Means nothing in any field. */
export const isMachineNull = (cell: string): boolean =>
  cell.length <= longest && (written.has(cell) || (cell.startsWith('#') && failed.test(cell)));

/** Whether a cell has only dashes or dots: `-`, `--`, `...`. */
const isDash = (cell: string): boolean => /^[-‐-―−_.\s]{1,16}$/.test(cell);

/** Abbreviations for “unknown”: `N/A`, `n.d.`, `s/i`. */
const short = /^(?:n\/[aid]|n\.[aid]\.?|s\/[di])$/;

/** Whether a cell means “nothing” in a name. */
export const isNoName = (cell: string): boolean => isMachineNull(cell) || isDash(cell);

/** Whether a cell means “nothing” in free text. */
export const isNoText = (cell: string): boolean =>
  cell.length <= longest && (isNoName(cell) || short.test(cell.toLowerCase()));

/** Whether a cell is an empty input mask: `00/00/0000`, `(__) _____-____`. */
export const isMask = (cell: string): boolean => /^[\s0_./()+-]*$/.test(cell);

const none =
  /^(?:n\/?a|n\/[di]|n\.[di]\.?|s\/[dint]|null|none|nil|nan|nenhum[a]?|vazio|nao (?:ha|se aplica)|nao(?: (?:tem|possui|usa|consta|sei|sabe|informad[oa]|cadastrad[oa]))?|ignorad[oa]|desconhecid[oa]|sem [a-z/-]{1,20})$/;

/** Whether a cell means “nothing” in a field with a format: `N/A`, `não`, `não tem`, `sem telefone`. */
export const isNone = (cell: string): boolean =>
  cell.length <= 40 && (isMachineNull(cell) || isDash(cell) || none.test(foldText(cell)));
