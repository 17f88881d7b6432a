import { may, mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden, notFound } from '../../domain-error.ts';

/** Whose hours, absences and free times a person sees. */
export const agendaScope = (person: Person): Scope => scopeFor(person, 'agenda.read');

/** Throws not_found for the hours of somebody whose agenda the person does not see. */
export function assertMaySeeHours(person: Person, professionalId: string): void {
  if (!mayFor(person, 'agenda.read', professionalId)) throw notFound();
}

/** Throws not_found for the hours of somebody whose agenda the person does not write. */
export function assertMaySetHours(person: Person, professionalId: string): void {
  if (!mayFor(person, 'agenda.hours', professionalId)) throw notFound();
}

/** Throws forbidden when the person may not enter an absence of this professional, or of the whole clinic (null). */
export function assertMayEnterAbsence(person: Person, professionalId: string | null): void {
  const allowed =
    professionalId === null ? may(person.role, 'clinic.manage') : mayFor(person, 'agenda.hours', professionalId);
  if (!allowed) throw forbidden();
}

/** Throws forbidden when the person does not decide about the clinic: its holidays, rooms and kinds of visit. */
export function assertMayManage(person: Person): void {
  if (!may(person.role, 'clinic.manage')) throw forbidden();
}
