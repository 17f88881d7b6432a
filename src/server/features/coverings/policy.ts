import { mayFor, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';

/** The coverings that a person sees: those in which they take part, or all. */
export const coveringScope = (person: Person): Scope => scopeFor(person, 'coverings.read');

/** Throws forbidden when the person may not have this professional covered: professionals lend their own clients only. */
export function assertMayCover(person: Person, absentId: string): void {
  if (!mayFor(person, 'coverings.manage', absentId)) throw forbidden();
}

/** Throws forbidden when the person may not end a covering, which both sides may. */
export function assertMayEnd(person: Person, { absentId, coveringId }: { absentId: string; coveringId: string }): void {
  if (coveringId !== person.professionalId) assertMayCover(person, absentId);
}
