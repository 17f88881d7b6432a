import { z } from 'zod';

/** The 26 states and the Federal District (ISO 3166-2:BR without its prefix). */
export const states = [
  'AC',
  'AL',
  'AM',
  'AP',
  'BA',
  'CE',
  'DF',
  'ES',
  'GO',
  'MA',
  'MG',
  'MS',
  'MT',
  'PA',
  'PB',
  'PE',
  'PI',
  'PR',
  'RJ',
  'RN',
  'RO',
  'RR',
  'RS',
  'SC',
  'SE',
  'SP',
  'TO',
] as const;

export const state = z.enum(states, 'invalid_state');

/** Takes a CEP as people write it (`01310-100`, `01.310-100`, `01310100`) and gives 8 digits. */
export const postalCode = z
  .string()
  .max(20)
  .regex(/^\s*\d{2}\.?\d{3}[- ]?\d{3}\s*$/, 'invalid_postal_code')
  .transform((value) => value.replace(/\D/g, ''));

/** 8 digits as people read them: `01310-100`. */
export const formatPostalCode = (digits: string): string => digits.replace(/^(\d{5})(\d{3})$/, '$1-$2');
