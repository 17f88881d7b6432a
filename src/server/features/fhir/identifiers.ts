import { cleanText } from './text.ts';

/**
 * Identifier systems of BR Core (hl7.org.br/fhir/core, fixed in `br-core-patient`), and those of the RNDS's own examples, by which
 * programs search as well.
 */
export const systems = {
  cpf: 'https://saude.gov.br/fhir/sid/cpf',
  cns: 'https://saude.gov.br/fhir/sid/cns',
} as const;

const spellings: Readonly<Record<string, keyof typeof systems>> = {
  [systems.cpf]: 'cpf',
  'http://rnds-fhir.saude.gov.br/NamingSystem/cpf': 'cpf',
  'https://rnds-fhir.saude.gov.br/NamingSystem/cpf': 'cpf',
  [systems.cns]: 'cns',
  'http://rnds-fhir.saude.gov.br/NamingSystem/cns': 'cns',
  'https://rnds-fhir.saude.gov.br/NamingSystem/cns': 'cns',
};

/** Which identifier a system means, in any of its spellings. */
export const findSystem = (uri: string): keyof typeof systems | undefined => spellings[uri];

const codes = 'http://terminology.hl7.org/CodeSystem/v2-0203';

export interface Identifier {
  readonly use: 'official' | 'secondary';
  readonly type: {
    readonly coding?: readonly { readonly system: string; readonly code: string }[];
    readonly text: string;
  };
  readonly system?: string;
  readonly value: string;
  readonly assigner?: { readonly display: string };
}

/** CPF, 11 digits; a CNPJ, which has no system of its own there, without one. */
export function presentDocument(document: string | null): Identifier | undefined {
  const value = cleanText(document);
  if (value === undefined) return undefined;
  const type = (text: string) => ({ coding: [{ system: codes, code: 'TAX' }], text });
  return /^\d{11}$/.test(value)
    ? { use: 'official', type: type('CPF'), system: systems.cpf, value }
    : { use: 'official', type: type('CNPJ'), value };
}

/** Whether digits are a number of the Cartão Nacional de Saúde: 15 of them, whose weighted sum is a multiple of 11 (DATASUS). */
const isCns = (value: string): boolean =>
  /^[12789]\d{14}$/.test(value) &&
  Array.from(value).reduce((sum, digit, place) => sum + Number(digit) * (15 - place), 0) % 11 === 0;

/** The number of the health card, where the insurance number is one. */
export function presentCns(insuranceNumber: string | null): Identifier | undefined {
  const value = insuranceNumber?.replace(/[\s.-]/g, '') ?? '';
  if (!isCns(value)) return undefined;
  return {
    use: 'official',
    type: { coding: [{ system: codes, code: 'HC' }], text: 'CNS' },
    system: systems.cns,
    value,
  };
}

/** The registration with a professional council (CRM, CRP, CRO, …), by state: there is no system for all of them. */
export function presentCouncil({
  council_kind: kind,
  council_number: number,
  council_state: state,
}: {
  readonly council_kind: string | null;
  readonly council_number: string | null;
  readonly council_state: string | null;
}): Identifier | undefined {
  const value = cleanText(number);
  if (value === undefined || kind === null || kind === 'none') return undefined;
  const council = kind === 'other' ? 'Conselho profissional' : kind;
  return {
    use: 'official',
    type: { coding: [{ system: codes, code: 'LN' }], text: council },
    value,
    assigner: { display: state === null ? council : `${council} ${state}` },
  };
}

/** The identity card, whose number is the state's: no system. */
export function presentRg(rg: string | null): Identifier | undefined {
  const value = cleanText(rg);
  return value === undefined ? undefined : { use: 'secondary', type: { text: 'RG' }, value };
}
