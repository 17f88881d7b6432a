/** A CPF with valid check digits, another for every index below a billion. */
export function demoCpf(index: number): string {
  const base = String((index * 387_420_489 + 104_729_731) % 1_000_000_000).padStart(9, '0');
  const first = checkDigit(base);
  return `${base}${first}${checkDigit(`${base}${first}`)}`;
}

/** The next check digit of a CPF: weights from the left end at 2, the sum taken modulo 11. */
function checkDigit(digits: string): string {
  const sum = digits.split('').reduce((total, digit, place) => total + Number(digit) * (digits.length + 1 - place), 0);
  return String(((sum * 10) % 11) % 10);
}

/**
 * A mobile number in E.164, another for every index below ten million. It is well formed and can be nobody's: 90 begins
 * collect calls in Brazil, so that no subscriber's number does.
 */
export const demoPhone = (areaCode: number, index: number): string =>
  `+55${String(areaCode)}90${String((index * 7_654_321 + 1_203_457) % 10_000_000).padStart(7, '0')}`;
