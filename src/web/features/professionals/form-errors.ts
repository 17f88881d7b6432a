import type { z } from 'zod';
import { toFieldErrors } from '../../../shared/errors.ts';
import { ApiError } from '../../lib/api.ts';
import { failureText } from '../../lib/failure-text.ts';
import { currentLanguage } from '../../lib/i18n.ts';

/** The errors of a form by field; one that belongs to no field has the key `''`. */
export type FormErrors = Readonly<Partial<Record<string, string>>>;

/** Checks a form against the contract. @returns the body to be sent, or the errors */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  values: unknown,
): { readonly body: z.output<Schema> } | { readonly errors: FormErrors } {
  const result = schema.safeParse(values, { reportInput: true });
  if (result.success) return { body: result.data };
  return { errors: byField(toFieldErrors(result.error.issues, currentLanguage())) };
}

/** The errors of a failed request by field. */
export function readErrors(error: unknown): FormErrors {
  if (error instanceof ApiError && error.problem.errors !== undefined) return byField(error.problem.errors);
  if (error instanceof ApiError && error.problem.code === 'duplicate_email') return { email: error.problem.detail };
  return { '': failureText(error) };
}

/** The first message of each field. */
const byField = (errors: readonly { readonly path: string; readonly message: string }[]): FormErrors =>
  Object.fromEntries(errors.toReversed().map(({ path, message }) => [path, message]));
