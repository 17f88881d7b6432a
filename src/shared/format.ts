// Values as people read them. No imports, so that pages of the first load can use these without zod.

/** A stored CPF or CNPJ with its punctuation: `529.982.247-25`, `12.ABC.345/01DE-35`. */
export const formatDocument = (value: string): string =>
  value.length === 11
    ? value.replace(/^(.{3})(.{3})(.{3})(.{2})$/, '$1.$2.$3-$4')
    : value.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');

/** A CEP of 8 digits with its hyphen: `01310-100`. */
export const formatPostalCode = (digits: string): string => digits.replace(/^(\d{5})(\d{3})$/, '$1-$2');

/** Age in whole years on `today`; both are plain dates `YYYY-MM-DD`. */
export function ageOn(dateOfBirth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
