import { may, mayForAll, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';

/** Throws forbidden when the person opens no clients of colleagues in an emergency. */
export function assertMayOpen(person: Person): void {
  if (!may(person, 'clients.emergency')) throw forbidden();
}

/** The accesses that a person sees: their own and those to their clients, or all. Throws forbidden. */
export function accessScope(person: Person): Scope {
  if (!may(person, 'emergencies.read')) throw forbidden();
  return scopeFor(person, 'emergencies.read');
}

/** Throws forbidden when the person reviews no accesses. */
export function assertMayReview(person: Person): void {
  if (!mayForAll(person, 'emergencies.review')) throw forbidden();
}
