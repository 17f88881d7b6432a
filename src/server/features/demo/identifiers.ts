/** A CPF with valid check digits, different for every index below a billion. */
export function makeDemoCpf(index: number): string {
  const base = String((index * 387_420_489 + 104_729_731) % 1_000_000_000).padStart(9, '0');
  const first = computeCheckDigit(base);
  return `${base}${first}${computeCheckDigit(`${base}${first}`)}`;
}

/** The next check digit of a CPF: a weighted sum, with weights falling to 2, modulo 11. */
function computeCheckDigit(digits: string): string {
  const sum = digits.split('').reduce((total, digit, place) => total + Number(digit) * (digits.length + 1 - place), 0);
  return String(((sum * 10) % 11) % 10);
}

/**
 * A mobile number in E.164, different for every index below ten million. It is well formed and belongs to nobody: in Brazil 90
 * starts collect calls, so no subscriber's number starts with it.
 */
export const makeDemoPhone = (areaCode: number, index: number): string =>
  `+55${String(areaCode)}90${String((index * 7_654_321 + 1_203_457) % 10_000_000).padStart(7, '0')}`;
