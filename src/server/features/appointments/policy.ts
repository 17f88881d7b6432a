import { may, mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';

/** The appointments that a person reads. */
export const readingScope = (person: Person): Scope => scopeFor(person, 'agenda.read');

/** The appointments that a person changes. */
export const writingScope = (person: Person): Scope => scopeFor(person, 'agenda.write');

/** The clients that a person may book for. */
export const clientScope = (person: Person): Scope => scopeFor(person, 'clients.read.registration');

/** Whether a person sees who the client of an appointment is, beyond name and phone. */
export const seesClient = (person: Person, ownerId: string, clientId: string): boolean =>
  mayFor(person, 'clients.read.registration', ownerId, clientId);

/** Whether a person sees notes, which are clinical. */
export const seesNotes = (person: Person): boolean => may(person, 'agenda.notes');

/** Whether a person may know whose appointment it is. */
export const mayKnow = (person: Person, professionalId: string, clientId: string): boolean =>
  mayFor(person, 'agenda.read', professionalId, clientId);

/** Throws forbidden when the person may not write the appointments of a professional with this client; null: all of that agenda. */
export function assertMayWriteFor(person: Person, professionalId: string, clientId: string | null): void {
  if (!mayFor(person, 'agenda.write', professionalId, clientId ?? undefined)) throw forbidden();
}

/** Throws forbidden when a body has notes that the person may not write, not even to empty them. */
export function assertMayWriteNotes(person: Person, body: { readonly notes?: unknown }): void {
  if (body.notes !== undefined && !seesNotes(person)) throw forbidden();
}
