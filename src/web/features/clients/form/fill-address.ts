import type { FormText, FormValues } from './form-fields.ts';
import type { PostalPlace } from './postal-table.ts';

/** Fields of the form with the part of the place that fills them. */
const filled = {
  'address.street': 'street',
  'address.neighborhood': 'neighborhood',
  'address.city': 'city',
  'address.state': 'state',
} as const satisfies Partial<Record<FormText, keyof PostalPlace>>;

type FilledField = keyof typeof filled;

const isFilled = (field: FormText): field is FilledField => Object.hasOwn(filled, field);

/** The part of a place that belongs into a field. */
export const findPart = (field: FormText, place: PostalPlace | undefined): string | undefined =>
  isFilled(field) ? place?.[filled[field]] : undefined;

/** Fills fields that are empty or hold what was filled in before; never what somebody typed. */
export function fillAddress(before: FormValues, place: PostalPlace, previous: PostalPlace | undefined): FormValues {
  const after = { ...before };
  for (const [field, part] of Object.entries(filled) as [FilledField, keyof PostalPlace][])
    if (before[field].trim() === '' || before[field] === previous?.[part]) after[field] = place[part] ?? '';
  return after;
}
