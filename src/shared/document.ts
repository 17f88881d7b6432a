import { cnpj, cpf } from 'cpf-cnpj-validator';
import { z } from 'zod';
import type { FieldErrorCode } from './errors.ts';
import { plainSpelling } from './plain-spelling.ts';

type DocumentResult = { readonly value: string } | { readonly error: FieldErrorCode };

/**
 * Reads a CPF (11 digits) or CNPJ (14 characters, alphanumeric since IN RFB 2.229/2024) and verifies its check digits. The
 * value is in upper case without punctuation; the error says why the text is neither.
 */
export function parseDocument(input: string): DocumentResult {
  const result = parseBare(input);
  const bare = 'value' in result ? input : withoutLabel(input);
  return bare === input ? result : parseBare(bare);
}

/** The words before a document: `CPF: `, `CNPJ nº `, `CPF/CNPJ - `. */
const label = /^\s{0,9}(?:CPF|CNPJ)(?:\s?\/\s?(?:CPF|CNPJ))?(?:\s{0,3}n[º°o.]{1,2})?[\s:.-]{0,5}/i;

const withoutLabel = (input: string): string => input.replace(label, '');

/** A document without the words before it. Of an alphanumeric CNPJ, which may begin with any letters, nothing is taken. */
export const withoutDocumentLabel = (input: string): string =>
  'value' in parseBare(input) ? input : withoutLabel(input);

function parseBare(input: string): DocumentResult {
  const plain = plainSpelling(input).replace(/[\s./-]/g, '');
  // Checked before upper-casing, which would turn letters of other alphabets into these (“ſ” into “S”).
  if (!/^(?:\d{11}|[0-9A-Za-z]{12}\d{2})$/.test(plain)) return { error: 'invalid_document' };
  const value = plain.toUpperCase();
  if (value.length === 11) return cpf.isValid(value) ? { value } : { error: 'invalid_cpf' };
  return cnpj.isValid(value) ? { value } : { error: 'invalid_cnpj' };
}

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
