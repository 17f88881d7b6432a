import { definitionOf, type FieldKind } from '../../../../shared/client-fields.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { formatDocument, formatPostalCode } from '../../../../shared/format.ts';
import { formatPhone } from '../../../../shared/phone.ts';
import { readText } from '../../../entities/client/read-field.ts';
import { type FormField, formFields, type FormText, formTexts, type FormValues } from './form-fields.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';

const mapTexts = (read: (field: FormText) => string) =>
  Object.fromEntries(formTexts.map((field) => [field, read(field)])) as Record<FormText, string>;

export const emptyValues: FormValues = { ...mapTexts(() => ''), tags: [] };

const formats: Readonly<Partial<Record<FieldKind, (stored: string) => string>>> = {
  phone: formatPhone,
  document: formatDocument,
  date: writeBirthDate,
  postalCode: formatPostalCode,
};

/** A client as the form shows it. */
export function toFormValues(client: Client): FormValues {
  const shown = (field: FormText): string => {
    const stored = readText(client, field);
    if (stored === null || stored === undefined) return '';
    return formats[definitionOf(field).kind]?.(stored) ?? stored;
  };
  return { ...mapTexts(shown), tags: client.tags };
}

/** A field's value for a body: trimmed; a date as `YYYY-MM-DD` when it can be read; null when it is empty. */
function toBodyValue(field: FormText, value: string): string | null {
  const text = value.trim();
  if (text === '') return null;
  return definitionOf(field).kind === 'date' ? (readBirthDate(text) ?? text) : text;
}

type Body = Record<string, unknown>;

/** Sets a value in a body: `address.city` becomes `{ address: { city } }`. */
function setPath(body: Body, path: FormField, value: unknown): void {
  const [outer = '', inner] = path.split('.');
  if (inner === undefined) body[outer] = value;
  else body[outer] = { ...(body[outer] as Body | undefined), [inner]: value };
}

const isSameTags = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((tag, at) => tag === other[at]);

/** Whether two forms have the same value in a field, spaces around it aside. */
export const isSameField = (field: FormField, one: FormValues, other: FormValues): boolean =>
  field === 'tags' ? isSameTags(one.tags, other.tags) : one[field].trim() === other[field].trim();

/** The fields that differ between two forms, in the form's order. */
export const changedFields = (before: FormValues, after: FormValues): FormField[] =>
  formFields.filter((field) => !isSameField(field, before, after));

/** The body of a creation, with the fields that were filled in. `clientInput` of the contract parses it. */
export function makeCreationBody(values: FormValues): Body {
  const body: Body = {};
  for (const field of formTexts) {
    const value = toBodyValue(field, values[field]);
    if (value !== null) setPath(body, field, value);
  }
  if (values.tags.length > 0) setPath(body, 'tags', values.tags);
  return body;
}

/** The body of a change (RFC 7396): what differs, and null for what was emptied. `clientPatch` of the contract parses it. */
export function makePatchBody(before: FormValues, after: FormValues): Body {
  const body: Body = {};
  for (const field of changedFields(before, after))
    setPath(body, field, field === 'tags' ? after.tags : toBodyValue(field, after[field]));
  return body;
}
