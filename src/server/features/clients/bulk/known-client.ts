import type { TextField } from '../../../../shared/client-fields.ts';

export interface FieldChange {
  readonly field: TextField | 'tags' | 'extra' | 'professionalId';
  readonly from: unknown;
  readonly to: unknown;
}

/** `changedBy` of a client that no row has changed. */
export const unchanged = { rows: 0, line: 0 } as const;

/** A client of the clinic as an import knows it: stored, or created by an earlier row. */
export interface KnownClient {
  readonly id: string;
  /** The stored version; 0 when it is not stored yet. */
  version: number;
  /** Created by this import. */
  readonly created: boolean;
  /** The changes of this import to an existing client, from the stored to the current state. */
  pending: readonly FieldChange[];
  /** The number of rows that changed it, and the line of the first. */
  changedBy: { readonly rows: number; readonly line: number };
  professionalId: string;
  phoneShared: boolean;
  values: Partial<Record<TextField, string>>;
  tags: readonly string[];
  extra: Readonly<Record<string, string | null>> | null;
  /** When a client whom this import creates was archived (RFC 3339). Existing ones are active. */
  readonly archivedAt?: string | undefined;
}

/** What rows and clients are matched by: document, phone, e-mail, and name with birth date for those without any of these. */
export interface Keys {
  readonly document: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  /** Made by `makeBareKey`. */
  readonly name: string | undefined;
}

export const keyKinds = ['document', 'phone', 'email', 'name'] as const satisfies readonly (keyof Keys)[];

/** The full name as the database computes it (clients.full_name). */
export const fullNameOf = (values: KnownClient['values']): string =>
  [values.socialName ?? values.firstName ?? '', values.lastName ?? ''].filter((part) => part !== '').join(' ');

/** What tells an archived client from all others, for an export that is imported a second time. */
export const printOf = ({ values }: Pick<KnownClient, 'values'>): string =>
  JSON.stringify(printFields.map((field) => values[field] ?? null));

/** The fields of a print. */
export const printFields = [
  'firstName',
  'lastName',
  'socialName',
  'document',
  'phone',
  'email',
  'dateOfBirth',
] as const satisfies readonly TextField[];

/** The key of people without document, phone and e-mail: they are the same person if name and date of birth are equal. */
export const makeBareKey = (fullName: string, dateOfBirth: string | null | undefined): string =>
  `${dateOfBirth ?? ''}\n${fullName}`;

/** Splits such a key. */
export function splitBareKey(key: string): { readonly name: string; readonly birth: string | null } {
  const at = key.indexOf('\n');
  return { name: key.slice(at + 1), birth: at === 0 ? null : key.slice(0, at) };
}

export function keysOf(values: KnownClient['values']): Keys {
  const { document, phone, email } = values;
  const isBare = document === undefined && phone === undefined && email === undefined;
  const name = isBare ? makeBareKey(fullNameOf(values), values.dateOfBirth) : undefined;
  return { document, phone, email: email?.toLowerCase(), name };
}

/**
 * A phone or e-mail of more clients than this identifies nobody (a clinic's own number, “nao@tem.com”). A look-up then finds
 * only crowd + 1 of them, and those with the name that is looked for.
 */
export const crowd = 50;
