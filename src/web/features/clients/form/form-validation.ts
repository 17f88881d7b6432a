import type { z } from 'zod';
import { type ClientInput, clientInput, type ClientPatch, clientPatch } from '../../../../shared/contracts/clients.ts';
import { type FieldError, fieldError, fieldErrorsOf, type Locale } from '../../../../shared/errors.ts';
import { type FormField, formFields, type FormValues } from './form-fields.ts';
import { creationBody, patchBody } from './form-model.ts';

export type FieldErrors = Partial<Record<FormField, string>>;

/** What is wrong with a form: by field, and what no field can show. */
export interface FormErrors {
  readonly fields: FieldErrors;
  readonly other: readonly string[];
}

type Checked<Body> = { readonly body: Body } | { readonly errors: FormErrors };

/** The field that shows an error of the contract: `tags.3` is shown by `tags`. */
const fieldOf = (path: string): FormField | undefined =>
  formFields.find((field) => path === field || path.startsWith(`${field}.`));

/** Errors of the contract or the server, each to its field; the first of a field counts. */
export function errorsByField(errors: readonly FieldError[]): FormErrors {
  const fields: FieldErrors = {};
  const other: string[] = [];
  for (const { path, message } of errors) {
    const field = fieldOf(path);
    if (field === undefined) other.push(message);
    else fields[field] ??= message;
  }
  return { fields, other };
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  required: readonly FormField[],
  values: FormValues,
  locale: Locale,
): Checked<z.output<Schema>> {
  const missing = required.filter((field) => field !== 'tags' && values[field].trim() === '');
  const result = schema.safeParse(body, { reportInput: true });
  const errors = [
    ...missing.map((field) => fieldError({ path: field, code: 'required' }, locale)),
    ...(result.success ? [] : fieldErrorsOf(result.error.issues, locale)),
  ];
  return result.success && errors.length === 0 ? { body: result.data } : { errors: errorsByField(errors) };
}

/** Reads a new client's form by the contract. `choosesProfessional`: the person has no clients of their own. */
export const checkCreation = (values: FormValues, locale: Locale, choosesProfessional: boolean): Checked<ClientInput> =>
  check(
    clientInput,
    creationBody(values),
    choosesProfessional ? ['firstName', 'professionalId'] : ['firstName'],
    values,
    locale,
  );

/** Reads what an edit changed by the contract. */
export const checkPatch = (before: FormValues, after: FormValues, locale: Locale): Checked<ClientPatch> =>
  check(clientPatch, patchBody(before, after), ['firstName'], after, locale);
