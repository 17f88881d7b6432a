import type { z } from 'zod';
import { type ClientInput, clientInput, type ClientPatch, clientPatch } from '../../../../shared/contracts/clients.ts';
import { type FieldError, fieldError, toFieldErrors, type Locale } from '../../../../shared/errors.ts';
import { type FormField, formFields, type FormValues } from './form-fields.ts';
import { makeCreationBody, makePatchBody } from './form-model.ts';

export type FieldErrors = Partial<Record<FormField, string>>;

/** The errors of a form: by field, and those that belong to no field of the form. */
export interface FormErrors {
  readonly fields: FieldErrors;
  readonly other: readonly string[];
}

type Checked<Body> = { readonly body: Body } | { readonly errors: FormErrors };

/** The field that shows the error at a path of the contract: `tags` for `tags.3`. */
const findField = (path: string): FormField | undefined =>
  formFields.find((field) => path === field || path.startsWith(`${field}.`));

/** Assigns errors of the contract or the server to fields. The first error of a field counts. */
export function errorsByField(errors: readonly FieldError[]): FormErrors {
  const fields: FieldErrors = {};
  const other: string[] = [];
  for (const { path, message } of errors) {
    const field = findField(path);
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
    ...(result.success ? [] : toFieldErrors(result.error.issues, locale)),
  ];
  return result.success && errors.length === 0 ? { body: result.data } : { errors: errorsByField(errors) };
}

/** Checks a new client's form against the contract. `choosesProfessional`: the person has no clients of their own. */
export const checkCreation = (values: FormValues, locale: Locale, choosesProfessional: boolean): Checked<ClientInput> =>
  check(
    clientInput,
    makeCreationBody(values),
    choosesProfessional ? ['firstName', 'professionalId'] : ['firstName'],
    values,
    locale,
  );

/** Checks what an edit changed against the contract. */
export const checkPatch = (before: FormValues, after: FormValues, locale: Locale): Checked<ClientPatch> =>
  check(clientPatch, makePatchBody(before, after), ['firstName'], after, locale);
