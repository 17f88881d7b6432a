import { type FormField, formFields, type FormValues } from './form-fields.ts';
import { sameField } from './form-model.ts';

export interface StaleEdit {
  /** What I wrote, with everything that others changed and I did not touch. */
  readonly merged: FormValues;
  /** Fields that both of us changed, differently: someone has to choose. */
  readonly disputed: readonly FormField[];
  /** Fields that others changed and I did not. */
  readonly adopted: readonly FormField[];
}

/** Takes one field of a form from another. */
export function takeField(into: FormValues, field: FormField, from: FormValues): FormValues {
  return field === 'tags' ? { ...into, tags: from.tags } : { ...into, [field]: from[field] };
}

/** Applies my edit of `base` to the current record. Disputed fields keep my value until somebody chooses. */
export function mergeStaleEdit(base: FormValues, mine: FormValues, current: FormValues): StaleEdit {
  const disputed: FormField[] = [];
  const adopted: FormField[] = [];
  let merged = mine;
  for (const field of formFields) {
    if (sameField(field, base, current) || sameField(field, mine, current)) continue;
    if (sameField(field, base, mine)) {
      adopted.push(field);
      merged = takeField(merged, field, current);
    } else disputed.push(field);
  }
  return { merged, disputed, adopted };
}

/** Whether nobody has to choose or be told anything. */
export const isSettled = ({ disputed, adopted }: StaleEdit): boolean => disputed.length === 0 && adopted.length === 0;
