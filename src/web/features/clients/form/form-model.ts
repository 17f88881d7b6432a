import { formatPostalCode } from '../../../../shared/address.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { formatDocument } from '../../../../shared/document.ts';
import { formatPhone } from '../../../../shared/phone.ts';
import { type FormField, formFields, type FormValues, type TextField, textFields } from './form-fields.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';

export const emptyValues: FormValues = {
  ...(Object.fromEntries(textFields.map((field) => [field, ''])) as Record<TextField, string>),
  tags: [],
};

const shown = (value: string | null | undefined, format: (stored: string) => string = (stored) => stored): string =>
  value === null || value === undefined ? '' : format(value);

/** A client as the form shows it. */
export function valuesOf(client: Client): FormValues {
  const { address, guardian, healthInsurance } = client;
  return {
    firstName: client.firstName,
    lastName: shown(client.lastName),
    socialName: shown(client.socialName),
    phone: shown(client.phone, formatPhone),
    secondaryPhone: shown(client.secondaryPhone, formatPhone),
    email: shown(client.email),
    document: shown(client.document, formatDocument),
    rg: shown(client.rg),
    dateOfBirth: shown(client.dateOfBirth, writeBirthDate),
    'guardian.name': shown(guardian.name),
    'guardian.phone': shown(guardian.phone, formatPhone),
    'guardian.document': shown(guardian.document, formatDocument),
    sex: shown(client.sex),
    maritalStatus: shown(client.maritalStatus),
    nationality: shown(client.nationality),
    profession: shown(client.profession),
    'address.postalCode': shown(address.postalCode, formatPostalCode),
    'address.street': shown(address.street),
    'address.number': shown(address.number),
    'address.complement': shown(address.complement),
    'address.neighborhood': shown(address.neighborhood),
    'address.city': shown(address.city),
    'address.state': shown(address.state),
    'healthInsurance.plan': shown(healthInsurance.plan),
    'healthInsurance.number': shown(healthInsurance.number),
    notes: shown(client.notes),
    professionalId: client.professionalId,
    tags: client.tags,
  };
}

/** What travels for a field: trimmed; a date as `YYYY-MM-DD` when it can be read; null for nothing. */
function sent(field: TextField, value: string): string | null {
  const text = value.trim();
  if (text === '') return null;
  return field === 'dateOfBirth' ? (readBirthDate(text) ?? text) : text;
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
  for (const field of textFields) {
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
