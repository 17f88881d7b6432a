import type { z } from 'zod';
import type { ClientField, TextField } from '../../../../../shared/client-fields.ts';
import { fieldInputs } from '../../../../../shared/contracts/client-schemas.ts';
import { type FieldErrorCode, toFieldFaults } from '../../../../../shared/errors.ts';

/** What a cell can have wrong besides: digits that a spreadsheet rounded away, a date of two meanings. */
type ValueProblemCode = FieldErrorCode | 'rounded_number' | 'ambiguous_date';

/** A value that a field does not take, and why. */
export class ValueProblem {
  readonly code: ValueProblemCode;

  constructor(code: ValueProblemCode) {
    this.code = code;
  }
}

function check(field: ClientField, value: unknown): unknown {
  const schema: z.ZodType = fieldInputs[field];
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  return new ValueProblem(toFieldFaults(result.error.issues)[0]?.code ?? 'invalid_value');
}

/** A text read by the contract's schema of its field: the value to store, or why it is refused. */
export const parseByContract = (field: TextField, text: string): string | ValueProblem =>
  check(field, text) as string | ValueProblem;

export const parseTagsByContract = (tags: readonly string[]): string[] | ValueProblem =>
  check('tags', tags) as string[] | ValueProblem;

/** What the contract refuses in columns without a field, if anything. */
export const parseExtraByContract = (extra: Readonly<Record<string, string>>): ValueProblem | undefined => {
  const result = check('extra', extra);
  return result instanceof ValueProblem ? result : undefined;
};
