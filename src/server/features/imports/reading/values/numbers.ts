import { ValueProblem } from './contract-fields.ts';

/** `11987654321.0`, `1310100,00`: software that treats a column as numbers adds decimals. */
const decimals = /^(\d{1,20})[.,]0{1,2}$/;
/** `5,29982247E+10`: spreadsheets show long numbers like this. */
const scientific = /^(\d)(?:[.,](\d{1,20}))?e\+?(\d{1,2})$/i;

/** Restores the digits of a number that a spreadsheet treated as an amount. @returns a ValueProblem if digits were lost */
export function wholeNumber(value: string): string | ValueProblem {
  // A fast path: nearly all numbers contain none of these characters.
  if (!/[.,eE]/.test(value)) return value;
  const plain = decimals.exec(value);
  if (plain !== null) return plain[1] ?? '';
  const parts = scientific.exec(value);
  if (parts === null) return value;
  const [, lead = '', fraction = '', exponent = ''] = parts;
  if (fraction.length > Number(exponent)) return value;
  return fraction.length === Number(exponent) ? lead + fraction : new ValueProblem('rounded_number');
}
