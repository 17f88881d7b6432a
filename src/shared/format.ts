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

/** Years from which on somebody answers for themselves (Código Civil art. 5). */
const fullAge = 18;

/** Whether somebody is under age on a day and is answered for by a guardian; both are plain dates `YYYY-MM-DD`. */
export const isMinor = (dateOfBirth: string, day: string): boolean => ageOn(dateOfBirth, day) < fullAge;

/** A registration with a council as it is printed: `CRM 123456/SP`; undefined for none. */
export function formatCouncil(
  council: { readonly kind: string; readonly number: string | null; readonly state: string | null } | null,
): string | undefined {
  if (council === null || council.kind === 'none') return undefined;
  const { kind, number, state } = council;
  const words = [kind === 'other' ? undefined : kind, number].filter((word) => word != null).join(' ');
  return state === null ? words : `${words}/${state}`;
}

/** Council and specialty as they stand below a name on paper: `CRM 123456/SP · Dermatologia`; empty where neither is known. */
export const formatSignature = ({
  council,
  specialty,
}: {
  readonly council: Parameters<typeof formatCouncil>[0];
  readonly specialty: string | null;
}): string => [formatCouncil(council), specialty].filter((part) => part != null && part !== '').join(' · ');
