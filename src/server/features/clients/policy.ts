import { fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import { may, mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';
import type { ClientValues } from './fields.ts';

/** The clients that a person's statements reach. */
export const scopeOf = (person: Person): Scope => scopeFor(person, 'clients.read.registration');

/** Whether a person sees clinical data. Reception sees registration data only. */
export const seesClinicalData = (person: Person): boolean => may(person.role, 'clients.read.clinical');

/** Throws forbidden when the person may not export lists of clients. */
export function assertMayExport(person: Person): void {
  if (!may(person.role, 'clients.export')) throw forbidden();
}

/** Whether the person may see a client of this professional. */
export const maySee = (person: Person, ownerId: string): boolean =>
  mayFor(person, 'clients.read.registration', ownerId);

/** Throws forbidden for clinical columns that the person may not write, and for an owner that they may not assign. */
export function assertMayWrite(person: Person, values: ClientValues): void {
  const clinical = fieldNames.some((field) => isClinical(field) && fieldColumns[field] in values);
  if (clinical && !may(person.role, 'clients.write.clinical')) throw forbidden();
  const owner = values.professional_id;
  if (typeof owner === 'string' && !mayFor(person, 'clients.assign', owner)) throw forbidden();
}

/** Throws forbidden when the person may not export all data of a client, which includes clinical notes. */
export function assertMayHandOver(person: Person): void {
  if (!may(person.role, 'clients.hand-over')) throw forbidden();
}
