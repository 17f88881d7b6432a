import { fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import { may, mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';
import type { ClientValues } from './fields.ts';

/** Whose clients a person's statements reach. */
export const scopeOf = (person: Person): Scope => scopeFor(person, 'clients.read.registration');

/** Reception sees registration data, not what was written in treatment. */
export const seesClinicalData = (person: Person): boolean => may(person.role, 'clients.read.clinical');

/** Taking the list out of the clinic is for those who answer for it. */
export function assertMayExport(person: Person): void {
  if (!may(person.role, 'clients.export')) throw forbidden();
}

/** Whether a client of this professional is the person's to see. */
export const maySee = (person: Person, ownerId: string): boolean =>
  mayFor(person, 'clients.read.registration', ownerId);

/** Refuses columns that the person's role may not write, and clients handed to somebody else by a professional. */
export function assertMayWrite(person: Person, values: ClientValues): void {
  const clinical = fieldNames.some((field) => isClinical(field) && fieldColumns[field] in values);
  if (clinical && !may(person.role, 'clients.write.clinical')) throw forbidden();
  const owner = values.professional_id;
  if (typeof owner === 'string' && !mayFor(person, 'clients.assign', owner)) throw forbidden();
}

/** What a data subject may ask for leaves the clinic with clinical notes in it: not through reception. */
export function assertMayHandOver(person: Person): void {
  if (!may(person.role, 'clients.hand-over')) throw forbidden();
}

/** Anonymising cannot be taken back: administrators alone. */
export function assertMayAnonymize(person: Person): void {
  if (!may(person.role, 'clients.anonymize')) throw forbidden();
}
