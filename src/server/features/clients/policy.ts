import { fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { ClientValues } from './fields.ts';

interface Person {
  readonly role: Role;
  readonly professionalId: string;
}

/** Administrators and reception work with every client of the clinic, professionals with their own. */
const seesWholeClinic = (person: Person): boolean => person.role !== 'professional';

/** The professional whose clients a person's statements reach; undefined means the whole clinic. */
export const scopeOf = (person: Person): string | undefined =>
  seesWholeClinic(person) ? undefined : person.professionalId;

/** Reception sees registration data and the agenda, not what was written in treatment. */
export const seesClinicalData = (person: Person): boolean => person.role !== 'reception';

/** Taking the list out of the clinic is for those who answer for it. */
export function assertMayExport(person: Person): void {
  if (person.role === 'reception') throw new HttpProblem('forbidden');
}

/** Whether a client of this professional is the person's to see. */
export const maySee = (person: Person, ownerId: string): boolean =>
  seesWholeClinic(person) || ownerId === person.professionalId;

/** Refuses columns that the person's role may not write, and clients handed to somebody else by a professional. */
export function assertMayWrite(person: Person, values: ClientValues): void {
  const clinical = fieldNames.some((field) => isClinical(field) && fieldColumns[field] in values);
  if (clinical && !seesClinicalData(person)) throw new HttpProblem('forbidden');
  const owner = values.professional_id;
  if (typeof owner === 'string' && !maySee(person, owner)) throw new HttpProblem('forbidden');
}

/** What a data subject may ask for leaves the clinic with clinical notes in it: not through reception. */
export function assertMayHandOver(person: Person): void {
  if (!seesClinicalData(person)) throw new HttpProblem('forbidden');
}

/** Anonymising cannot be taken back: administrators alone. */
export function assertMayAnonymize(person: Person): void {
  if (person.role !== 'administrator') throw new HttpProblem('forbidden');
}
