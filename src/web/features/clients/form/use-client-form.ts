import { useCallback, useState } from 'react';
import { currentLanguage } from '../../../lib/i18n.ts';
import type { Duplicate } from './duplicate-notice.tsx';
import { behaviourOf } from './field-behaviours.ts';
import type { FormField, FormText, FormValues } from './form-fields.ts';
import { checkCreation, checkPatch, type FieldErrors, type FormErrors } from './form-validation.ts';

/** What a form edits. */
export interface FormTarget {
  readonly base: FormValues;
  /** The edited client; undefined for a new one. */
  readonly id: string | undefined;
  readonly choosesProfessional: boolean;
}

export type ClientForm = ReturnType<typeof useClientForm>;

const noErrors: FormErrors = { fields: {}, other: [] };

/** The form's values and errors. A field is checked when it is left, and all are on saving; typing shows no errors. */
export function useClientForm({ base, id, choosesProfessional }: FormTarget, start: FormValues) {
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState(noErrors);
  const [duplicate, setDuplicate] = useState<Duplicate>();
  const [sharesPhone, setSharesPhone] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<FormField>>(new Set());

  /** Checks the values; `from` replaces the base after a stale edit was settled. @returns the body, or the errors */
  const read = (written: FormValues, from = base) =>
    id === undefined
      ? checkCreation(written, currentLanguage(), choosesProfessional)
      : checkPatch(from, written, currentLanguage());
  const setFieldError = useCallback((field: FormField, error: string | undefined): void => {
    setErrors((before) => ({ ...before, fields: withError(before.fields, field, error) }));
  }, []);
  /** Sets a field's value and removes its error. */
  const set = useCallback(
    (field: FormField, value: string | readonly string[]): void => {
      setValues((before) =>
        field === 'tags' ? { ...before, tags: value as readonly string[] } : { ...before, [field]: value },
      );
      setFieldError(field, undefined);
      setDuplicate((before) => (before?.field === field ? undefined : before));
      if (field === 'phone') setSharesPhone(false);
    },
    [setFieldError],
  );

  return {
    values,
    errors,
    duplicate,
    sharesPhone,
    read,
    setErrors,
    setDuplicate,
    setValues,
    set,
    /** Formats a field that was left, and checks it. */
    leave(field: FormField): void {
      setLeft((before) => new Set([...before, field]));
      const tidy = field === 'tags' ? undefined : behaviourOf(field).tidy;
      const tidied = field === 'tags' || tidy === undefined ? {} : { [field]: tidy(values[field]) };
      setValues((before) => ({ ...before, ...tidied }));
      const checked = read({ ...values, ...tidied });
      setFieldError(field, 'errors' in checked ? checked.errors.fields[field] : undefined);
    },
    /** Whether the field was left, or is as it came: nobody is told how to write while they type. */
    isLeft: (field: FormText): boolean => left.has(field) || values[field] === start[field],
    sharePhone(): void {
      setSharesPhone(true);
      setDuplicate(undefined);
    },
  };
}

function withError(fields: FieldErrors, field: FormField, error: string | undefined): FieldErrors {
  const others = Object.entries(fields).filter(([name]) => name !== field);
  return Object.fromEntries(error === undefined ? others : [...others, [field, error]]);
}
