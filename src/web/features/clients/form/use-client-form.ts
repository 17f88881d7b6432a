import { useCallback, useState } from 'react';
import { currentLanguage } from '../../../lib/i18n.ts';
import type { Duplicate } from './duplicate-notice.tsx';
import { behaviourOf } from './field-behaviours.ts';
import type { FormField, FormValues } from './form-fields.ts';
import { checkCreation, checkPatch, type FieldErrors, type FormErrors } from './form-validation.ts';

/** What a form is a change of. */
export interface FormTarget {
  readonly base: FormValues;
  /** The edited client; undefined for a new one. */
  readonly id: string | undefined;
  readonly choosesProfessional: boolean;
}

export type ClientForm = ReturnType<typeof useClientForm>;

const noErrors: FormErrors = { fields: {}, other: [] };

/** The form's words and what is wrong with them: judged when a field is left and on save, not while typing. */
export function useClientForm({ base, id, choosesProfessional }: FormTarget, start: FormValues) {
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState(noErrors);
  const [duplicate, setDuplicate] = useState<Duplicate>();
  const [sharesPhone, setSharesPhone] = useState(false);

  /** Reads the form by the contract; `from` stands in for the base once a stale edit was settled. */
  const read = (words: FormValues, from = base) =>
    id === undefined
      ? checkCreation(words, currentLanguage(), choosesProfessional)
      : checkPatch(from, words, currentLanguage());
  const setFieldError = useCallback((field: FormField, error: string | undefined): void => {
    setErrors((before) => ({ ...before, fields: withError(before.fields, field, error) }));
  }, []);
  /** Takes what was typed; an error of the field has had its say. */
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
    /** Puts a field in its usual form and judges it. */
    leave(field: FormField): void {
      const tidy = field === 'tags' ? undefined : behaviourOf(field).tidy;
      const tidied = field === 'tags' || tidy === undefined ? {} : { [field]: tidy(values[field]) };
      setValues((before) => ({ ...before, ...tidied }));
      const checked = read({ ...values, ...tidied });
      setFieldError(field, 'errors' in checked ? checked.errors.fields[field] : undefined);
    },
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
