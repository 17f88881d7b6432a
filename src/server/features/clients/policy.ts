import { fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import { may, mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';
import type { ClientValues } from './fields.ts';

/** The clients that a person reads. */
export const readingScope = (person: Person): Scope => scopeFor(person, 'clients.read.registration');

/** The clients that a person changes, archives, restores and merges. Throws forbidden for somebody who changes none. */
export function writingScope(person: Person): Scope {
  assertMayWriteAny(person);
  return scopeFor(person, 'clients.write.registration');
}

function assertMayWriteAny(person: Person): void {
  if (!may(person, 'clients.write.registration')) throw forbidden();
}

/** Whether a person sees clinical data: with clinical access. Reception sees registration data only. */
export const seesClinicalData = (person: Person): boolean => may(person, 'clients.read.clinical');

/** The clients that a person may take out of the clinic as a list, which are not those of colleagues whom they cover. */
export const exportScope = (person: Person): Scope => scopeFor(person, 'clients.export');

/** The clients of whom a person may hand out the copy of all data. */
export const handOverScope = (person: Person): Scope => scopeFor(person, 'clients.hand-over');

/** Throws forbidden when the person may not export lists of clients. */
export function assertMayExport(person: Person): void {
  if (!may(person.role, 'clients.export')) throw forbidden();
}

/** Whether the person may see this client of this professional. */
export const maySee = (person: Person, ownerId: string, clientId: string): boolean =>
  mayFor(person, 'clients.read.registration', ownerId, clientId);

/**
 * Throws forbidden for somebody who changes no clients, for clinical columns that the person may not write, and for an owner that
 * they may not assign.
 */
export function assertMayWrite(person: Person, values: ClientValues): void {
  assertMayWriteAny(person);
  const clinical = fieldNames.some((field) => isClinical(field) && fieldColumns[field] in values);
  if (clinical && !may(person, 'clients.write.clinical')) throw forbidden();
  const owner = values.professional_id;
  if (typeof owner === 'string' && !mayFor(person, 'clients.assign', owner)) throw forbidden();
}

/** The clients whom the person may give to another professional: not those who are only lent to them. */
export const assignScope = (person: Person): Scope => scopeFor(person, 'clients.assign');

/**
 * Throws forbidden when a client would go from one of these professionals to another and the person may not assign the clients of
 * each: what is lent to somebody stays its owner's, also when two records become one.
 */
export function assertMayMove(person: Person, owners: readonly string[]): void {
  if (new Set(owners).size < 2) return;
  if (owners.some((owner) => !mayFor(person, 'clients.assign', owner))) throw forbidden();
}

/** Throws forbidden when the person may not export all data of a client, which includes clinical notes. */
export function assertMayHandOver(person: Person): void {
  if (!may(person, 'clients.hand-over')) throw forbidden();
}
