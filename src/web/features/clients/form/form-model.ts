import { formatPostalCode } from '../../../../shared/address.ts';
import { definitionOf, type FieldKind } from '../../../../shared/client-fields.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { formatDocument } from '../../../../shared/document.ts';
import { formatPhone } from '../../../../shared/phone.ts';
import { readText } from '../../../entities/client/read-field.ts';
import { type FormField, formFields, type FormText, formTexts, type FormValues } from './form-fields.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';

const textsOf = (read: (field: FormText) => string) =>
  Object.fromEntries(formTexts.map((field) => [field, read(field)])) as Record<FormText, string>;

export const emptyValues: FormValues = { ...textsOf(() => ''), tags: [] };

const formats: Readonly<Partial<Record<FieldKind, (stored: string) => string>>> = {
  phone: formatPhone,
  document: formatDocument,
  date: writeBirthDate,
  postalCode: formatPostalCode,
};

/** A client as the form shows it. */
export function valuesOf(client: Client): FormValues {
  const shown = (field: FormText): string => {
    const stored = readText(client, field);
    if (stored === null || stored === undefined) return '';
    return formats[definitionOf(field).kind]?.(stored) ?? stored;
  };
  return { ...textsOf(shown), tags: client.tags };
}

/** What travels for a field: trimmed; a date as `YYYY-MM-DD` when it can be read; null for nothing. */
function sent(field: FormText, value: string): string | null {
  const text = value.trim();
  if (text === '') return null;
  return definitionOf(field).kind === 'date' ? (readBirthDate(text) ?? text) : text;
}

type Body = Record<string, unknown>;

/** Sets `address.city` as `{ address: { city } }`. */
function put(body: Body, path: FormField, value: unknown): void {
  const [outer = '', inner] = path.split('.');
  if (inner === undefined) body[outer] = value;
  else body[outer] = { ...(body[outer] as Body | undefined), [inner]: value };
}

const sameTags = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((tag, at) => tag === other[at]);

/** Whether a field holds the same in two forms. */
export const sameField = (field: FormField, one: FormValues, other: FormValues): boolean =>
  field === 'tags' ? sameTags(one.tags, other.tags) : one[field].trim() === other[field].trim();

/** The fields that differ between two forms, in the form's order. */
export const changedFields = (before: FormValues, after: FormValues): FormField[] =>
  formFields.filter((field) => !sameField(field, before, after));

/** The body of a creation: only what was filled in. To be read by the contract's `clientInput`. */
export function creationBody(values: FormValues): Body {
  const body: Body = {};
  for (const field of formTexts) {
    const value = sent(field, values[field]);
    if (value !== null) put(body, field, value);
  }
  if (values.tags.length > 0) put(body, 'tags', values.tags);
  return body;
}

/** The body of a change (RFC 7396): only what differs, null for what was emptied. For the contract's `clientPatch`. */
export function patchBody(before: FormValues, after: FormValues): Body {
  const body: Body = {};
  for (const field of changedFields(before, after))
    put(body, field, field === 'tags' ? after.tags : sent(field, after[field]));
  return body;
}
