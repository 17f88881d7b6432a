import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { clinicQuery } from '../../../entities/clinic/clinic-queries.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import type { Duplicate } from './duplicate-notice.tsx';
import { behaviourOf, completesPhone } from './field-behaviours.ts';
import { type FormField, type FormText, formTexts, type FormValues } from './form-fields.ts';
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
  const [completed, setCompleted] = useState<ReadonlySet<FormField>>(new Set());
  const areaCode = useQuery(clinicQuery).data?.clinic.areaCode ?? null;

  /** Checks the values; `from` replaces the base after a stale edit was settled. @returns the body, or the errors */
  const read = (written: FormValues, from = base) => {
    const values = completePhones(written, areaCode);
    return id === undefined
      ? checkCreation(values, currentLanguage(), choosesProfessional)
      : checkPatch(from, values, currentLanguage());
  };
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
      setCompleted((before) => new Set([...before].filter((other) => other !== field)));
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
      const tidied = field === 'tags' || tidy === undefined ? {} : { [field]: tidy(values[field], areaCode) };
      if (field !== 'tags' && completesPhone(field, values[field], areaCode))
        setCompleted((before) => new Set([...before, field]));
      setValues((before) => ({ ...before, ...tidied }));
      const checked = read({ ...values, ...tidied });
      setFieldError(field, 'errors' in checked ? checked.errors.fields[field] : undefined);
    },
    /** The clinic's area code, if the field's phone was completed by it. */
    completedBy: (field: FormText): string | undefined => (completed.has(field) ? (areaCode ?? undefined) : undefined),
    /** Whether the field was left, or is as it came: nobody is told how to write while they type. */
    isLeft: (field: FormText): boolean => left.has(field) || values[field] === start[field],
    sharePhone(): void {
      setSharesPhone(true);
      setDuplicate(undefined);
    },
  };
}

/** Phones without area code get the clinic's also where a field is saved without being left. */
const completePhones = (values: FormValues, areaCode: string | null): FormValues =>
  formTexts.reduce(
    (done, field) =>
      completesPhone(field, done[field], areaCode)
        ? { ...done, [field]: behaviourOf(field).tidy?.(done[field], areaCode) ?? done[field] }
        : done,
    values,
  );

function withError(fields: FieldErrors, field: FormField, error: string | undefined): FieldErrors {
  const others = Object.entries(fields).filter(([name]) => name !== field);
  return Object.fromEntries(error === undefined ? others : [...others, [field, error]]);
}
