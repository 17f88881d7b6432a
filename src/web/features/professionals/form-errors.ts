import type { z } from 'zod';
import { fieldErrorsOf } from '../../../shared/errors.ts';
import { ApiError } from '../../lib/api.ts';
import { failureText } from '../../lib/failure-text.ts';
import { currentLanguage } from '../../lib/i18n.ts';

/** The errors of a form by field; those that belong to none under `''`. */
export type FormErrors = Readonly<Partial<Record<string, string>>>;

/** Reads a form by the contract: the body to be sent, or its errors. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  values: unknown,
): { readonly body: z.output<Schema> } | { readonly errors: FormErrors } {
  const result = schema.safeParse(values, { reportInput: true });
  if (result.success) return { body: result.data };
  return { errors: byField(fieldErrorsOf(result.error.issues, currentLanguage())) };
}

/** The server's errors by field. */
export function errorsOf(error: unknown): FormErrors {
  if (error instanceof ApiError && error.problem.errors !== undefined) return byField(error.problem.errors);
  if (error instanceof ApiError && error.problem.code === 'duplicate_email') return { email: error.problem.detail };
  return { '': failureText(error) };
}

const byField = (errors: readonly { readonly path: string; readonly message: string }[]): FormErrors =>
  Object.fromEntries(errors.toReversed().map(({ path, message }) => [path, message]));
