import { type FormField, formFields, type FormValues } from './form-fields.ts';
import { isSameField } from './form-model.ts';

export interface StaleEdit {
  /** What I wrote, with everything that others changed and I did not. */
  readonly merged: FormValues;
  /** Fields that others and I changed differently: I have to choose. */
  readonly disputed: readonly FormField[];
  /** Fields that others changed and I did not. */
  readonly adopted: readonly FormField[];
}

/** Copies one field from another form. */
export function takeField(into: FormValues, field: FormField, from: FormValues): FormValues {
  return field === 'tags' ? { ...into, tags: from.tags } : { ...into, [field]: from[field] };
}

/** Applies my edit of `base` to the current record. Disputed fields keep my value until I choose. */
export function mergeStaleEdit(base: FormValues, mine: FormValues, current: FormValues): StaleEdit {
  const disputed: FormField[] = [];
  const adopted: FormField[] = [];
  let merged = mine;
  for (const field of formFields) {
    if (isSameField(field, base, current) || isSameField(field, mine, current)) continue;
    if (isSameField(field, base, mine)) {
      adopted.push(field);
      merged = takeField(merged, field, current);
    } else disputed.push(field);
  }
  return { merged, disputed, adopted };
}

/** Whether there is nothing to choose and nothing to tell. */
export const isSettled = ({ disputed, adopted }: StaleEdit): boolean => disputed.length === 0 && adopted.length === 0;
