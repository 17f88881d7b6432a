import type { TextField } from '../../../../shared/client-fields.ts';

export interface FieldChange {
  readonly field: TextField | 'tags' | 'extra' | 'professionalId';
  readonly from: unknown;
  readonly to: unknown;
}

/** No row has changed it yet. */
export const unchanged = { rows: 0, line: 0 } as const;

/** A client of the clinic as an import knows it: stored, or made by an earlier row. */
export interface KnownClient {
  readonly id: string;
  /** The stored version; 0 before it is stored. */
  version: number;
  /** Made by this import. */
  readonly created: boolean;
  /** What this import has changed in an existing client, from its first to its current state. */
  pending: readonly FieldChange[];
  /** How many rows changed it, and the line of the first. */
  changedBy: { readonly rows: number; readonly line: number };
  professionalId: string;
  phoneShared: boolean;
  values: Partial<Record<TextField, string>>;
  tags: readonly string[];
  extra: Readonly<Record<string, string | null>> | null;
}

/** What rows and clients are matched by: document, phone, e-mail, and name and birth if neither has any of these. */
export interface Keys {
  readonly document: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  /** Of `bareKey`. */
  readonly name: string | undefined;
}

export const keyKinds = ['document', 'phone', 'email', 'name'] as const satisfies readonly (keyof Keys)[];

/** A name as the database joins it (clients.full_name). */
export const fullNameOf = (values: KnownClient['values']): string =>
  [values.socialName ?? values.firstName ?? '', values.lastName ?? ''].filter((part) => part !== '').join(' ');

/** The key of somebody who has no other: two such people are one if name and date of birth agree. */
export const bareKey = (fullName: string, dateOfBirth: string | null | undefined): string =>
  `${dateOfBirth ?? ''}\n${fullName}`;

/** The parts of such a key. */
export function partsOfBareKey(key: string): { readonly name: string; readonly birth: string | null } {
  const at = key.indexOf('\n');
  return { name: key.slice(at + 1), birth: at === 0 ? null : key.slice(0, at) };
}

export function keysOf(values: KnownClient['values']): Keys {
  const { document, phone, email } = values;
  const isBare = document === undefined && phone === undefined && email === undefined;
  const name = isBare ? bareKey(fullNameOf(values), values.dateOfBirth) : undefined;
  return { document, phone, email: email?.toLowerCase(), name };
}

/**
 * A phone or an e-mail of more clients than this stands for nobody in particular (a clinic's own number, “nao@tem.com”): a
 * look-up finds one more than these, which tells that there are many, and those of the very name that is looked for.
 */
export const crowd = 50;
