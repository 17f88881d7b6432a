import { ValueProblem } from './contract-fields.ts';

/** `11987654321.0` and `1310100,00`: software that treats the column as numbers adds decimals. */
const decimals = /^(\d{1,20})[.,]0{1,2}$/;
/** `5,29982247E+10`, as spreadsheets show long numbers. */
const scientific = /^(\d)(?:[.,](\d{1,20}))?e\+?(\d{1,2})$/i;

/**
 * The digits of a number that a spreadsheet took for an amount; other text comes back as it is. A ValueProblem where digits
 * are lost.
 */
export function wholeNumber(value: string): string | ValueProblem {
  // Nearly every number ends with the digits of its own, and has none of these signs.
  if (!/[.,eE]/.test(value)) return value;
  const plain = decimals.exec(value);
  if (plain !== null) return plain[1] ?? '';
  const parts = scientific.exec(value);
  if (parts === null) return value;
  const [, lead = '', fraction = '', exponent = ''] = parts;
  if (fraction.length > Number(exponent)) return value;
  return fraction.length === Number(exponent) ? lead + fraction : new ValueProblem('rounded_number');
}
