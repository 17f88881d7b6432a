// What stands in cells for nothing at all.

import { foldText } from '../../../../../shared/fold-text.ts';

/** What databases and programs write for nothing. In this case alone: `Nan` and `Null` are names of people. */
const written: ReadonlySet<string> = new Set(
  'NULL null (null) (NULL) <null> <NULL> [NULL] [null] \\N undefined NaN nan NaT None nil'.split(' '),
);
/** What a spreadsheet shows in place of a value that it could not work out, in English, Portuguese and Spanish. */
const failed =
  /^#(?:n\/[ad]|ref!|nome\?|name\?|¿?nombre\?|valor!|value!|¡valor!|¡ref!|div\/0!|¡div\/0!|nulo!|null!|¡nulo!|n[uú]m!|¡num!|calc!|c[aá]lc!|despejar!|spill!|getting_data)$/i;
const longest = 16;

/** `NULL`, `\N`, `#N/D`: no person wrote it, in whatever field it stands. */
export const isMachineNull = (cell: string): boolean =>
  cell.length <= longest && (written.has(cell) || (cell.startsWith('#') && failed.test(cell)));

/** `-`, `--`, `...`: no text. */
const isDash = (cell: string): boolean => /^[-‐-―−_.\s]{1,16}$/.test(cell);

/** `N/A`, `n.d.`, `s/i`: short for “nothing is known”. */
const short = /^(?:n\/[aid]|n\.[aid]\.?|s\/[di])$/;

/** Nothing, in the name of a person. */
export const isNoName = (cell: string): boolean => isMachineNull(cell) || isDash(cell);

/** Nothing, in a field of free text. */
export const isNoText = (cell: string): boolean =>
  cell.length <= longest && (isNoName(cell) || short.test(cell.toLowerCase()));

/** `00/00/0000`, `(__) _____-____`. */
export const isMask = (cell: string): boolean => /^[\s0_./()+-]*$/.test(cell);

const none =
  /^(?:n\/?a|n\/[di]|n\.[di]\.?|s\/[dint]|null|none|nil|nan|nenhum[a]?|vazio|nao (?:ha|se aplica)|nao(?: (?:tem|possui|usa|consta|sei|sabe|informad[oa]|cadastrad[oa]))?|ignorad[oa]|desconhecid[oa]|sem [a-z/-]{1,20})$/;

/** Nothing, in a field that has a format: `N/A`, `não`, `não tem`, `sem telefone`. */
export const isNone = (cell: string): boolean =>
  cell.length <= 40 && (isMachineNull(cell) || isDash(cell) || none.test(foldText(cell)));
