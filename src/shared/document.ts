import { cnpj, cpf } from 'cpf-cnpj-validator';
import { z } from 'zod';
import type { FieldErrorCode } from './errors.ts';

type DocumentResult = { readonly value: string } | { readonly error: FieldErrorCode };

/**
 * A CPF (11 digits) or CNPJ (14 characters, alphanumeric since IN RFB 2.229/2024) without punctuation, upper case,
 * its check digits verified; or the reason it is neither.
 */
export function parseDocument(input: string): DocumentResult {
  const value = input.replace(/[\s./-]/g, '').toUpperCase();
  if (/^\d{11}$/.test(value)) return cpf.isValid(value) ? { value } : { error: 'invalid_cpf' };
  if (/^[0-9A-Z]{12}\d{2}$/.test(value)) return cnpj.isValid(value) ? { value } : { error: 'invalid_cnpj' };
  return { error: 'invalid_document' };
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
