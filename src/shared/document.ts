import { cnpj, cpf } from 'cpf-cnpj-validator';
import { z } from 'zod';
import type { FieldErrorCode } from './errors.ts';
import { plainSpelling } from './plain-spelling.ts';

type DocumentResult = { readonly value: string } | { readonly error: FieldErrorCode };

/**
 * A CPF (11 digits) or CNPJ (14 characters, alphanumeric since IN RFB 2.229/2024) without punctuation, upper case,
 * its check digits verified; or the reason it is neither.
 */
export function parseDocument(input: string): DocumentResult {
  const plain = plainSpelling(input).replace(/[\s./-]/g, '');
  // Checked before upper-casing, which would turn other letters into these (“ſ” into “S”).
  if (!/^(?:\d{11}|[0-9A-Za-z]{12}\d{2})$/.test(plain)) return { error: 'invalid_document' };
  const value = plain.toUpperCase();
  if (value.length === 11) return cpf.isValid(value) ? { value } : { error: 'invalid_cpf' };
  return cnpj.isValid(value) ? { value } : { error: 'invalid_cnpj' };
}

/** A stored document as people read it: `529.982.247-25`, `12.ABC.345/01DE-35`. */
export const formatDocument = (value: string): string =>
  value.length === 11
    ? value.replace(/^(.{3})(.{3})(.{3})(.{2})$/, '$1.$2.$3-$4')
    : value.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');

/** Takes a CPF or CNPJ with or without punctuation and gives it without. */
export const document = z
  .string()
  .max(30)
  .transform((value, context) => {
    const result = parseDocument(value);
    if ('error' in result) {
      context.issues.push({ code: 'custom', message: result.error, input: value });
      return z.NEVER;
    }
    return result.value;
  });
