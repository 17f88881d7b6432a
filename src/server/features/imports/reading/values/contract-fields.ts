import type { z } from 'zod';
import { clientInput } from '../../../../../shared/contracts/clients.ts';
import type { ImportField } from '../../../../../shared/contracts/imports.ts';
import { type FieldErrorCode, fieldErrorsOf } from '../../../../../shared/errors.ts';

/** What a cell can have wrong besides: digits that a spreadsheet rounded away, a date of two meanings. */
type ValueProblemCode = FieldErrorCode | 'rounded_number' | 'ambiguous_date';

/** A value that a field does not take, and why. */
export class ValueProblem {
  readonly code: ValueProblemCode;

  constructor(code: ValueProblemCode) {
    this.code = code;
  }
}

const { address, guardian, healthInsurance, tags: _tags, ...plain } = clientInput.shape;
const inner = { address: address.unwrap().unwrap(), guardian: guardian.unwrap().unwrap() };
const insurance = healthInsurance.unwrap().unwrap();

/** The contract's own schema of each field that is one text. */
const schemas: Readonly<Record<Exclude<ImportField, 'tags'>, z.ZodType>> = {
  firstName: plain.firstName,
  lastName: plain.lastName,
  socialName: plain.socialName,
  email: plain.email,
  phone: plain.phone,
  secondaryPhone: plain.secondaryPhone,
  document: plain.document,
  rg: plain.rg,
  dateOfBirth: plain.dateOfBirth,
  sex: plain.sex,
  maritalStatus: plain.maritalStatus,
  nationality: plain.nationality,
  profession: plain.profession,
  'address.postalCode': inner.address.shape.postalCode,
  'address.street': inner.address.shape.street,
  'address.number': inner.address.shape.number,
  'address.complement': inner.address.shape.complement,
  'address.neighborhood': inner.address.shape.neighborhood,
  'address.city': inner.address.shape.city,
  'address.state': inner.address.shape.state,
  'guardian.name': inner.guardian.shape.name,
  'guardian.phone': inner.guardian.shape.phone,
  'guardian.document': inner.guardian.shape.document,
  'healthInsurance.plan': insurance.shape.plan,
  'healthInsurance.number': insurance.shape.number,
  notes: plain.notes,
};

function check(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  return new ValueProblem(fieldErrorsOf(result.error.issues, 'en')[0]?.code ?? 'invalid_value');
}

/** A text read by the contract's schema of its field: the value to store, or why it is refused. */
export const parseByContract = (field: Exclude<ImportField, 'tags'>, text: string): string | ValueProblem =>
  check(schemas[field], text) as string | ValueProblem;

export const parseTagsByContract = (tags: readonly string[]): string[] | ValueProblem =>
  check(_tags, tags) as string[] | ValueProblem;

const extraSchema = plain.extra;

/** What the contract refuses in columns without a field, if anything. */
export const parseExtraByContract = (extra: Readonly<Record<string, string>>): ValueProblem | undefined => {
  const result = check(extraSchema, extra);
  return result instanceof ValueProblem ? result : undefined;
};
