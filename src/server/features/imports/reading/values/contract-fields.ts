import type { z } from 'zod';
import { type ClientField, definitionOf, type TextField } from '../../../../../shared/client-fields.ts';
import { fieldInputs } from '../../../../../shared/contracts/client-schemas.ts';
import { type FieldErrorCode, toFieldFaults } from '../../../../../shared/errors.ts';
import { phone } from '../../../../../shared/phone.ts';

/** Errors of the contract, and two of cells: digits that a spreadsheet rounded away, and a date with two meanings. */
type ValueProblemCode = FieldErrorCode | 'rounded_number' | 'ambiguous_date';

/** The reason why a field refuses a value. */
export class ValueProblem {
  readonly code: ValueProblemCode;

  constructor(code: ValueProblemCode) {
    this.code = code;
  }
}

function check(field: ClientField, value: unknown): unknown {
  // A file's area code may come from another column: see readPhone.
  const schema: z.ZodType = definitionOf(field).kind === 'phone' ? phone : fieldInputs[field];
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  return new ValueProblem(toFieldFaults(result.error.issues)[0]?.code ?? 'invalid_value');
}

/**
 * Parses a text with the contract's schema for the field. @returns the value to store, undefined for a text without anything to
 * see, or why it is refused
 */
export const parseByContract = (field: TextField, text: string): string | undefined | ValueProblem =>
  (check(field, text) as string | null | ValueProblem) ?? undefined;

export const parseTagsByContract = (tags: readonly string[]): string[] | ValueProblem =>
  check('tags', tags) as string[] | ValueProblem;

/** Checks columns without a field against the contract. @returns undefined when they are accepted */
export const parseExtraByContract = (extra: Readonly<Record<string, string>>): ValueProblem | undefined => {
  const result = check('extra', extra);
  return result instanceof ValueProblem ? result : undefined;
};
