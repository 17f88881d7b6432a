import { may, type Person, type Scope, scopeFor } from '../../../shared/permissions.ts';
import { forbidden } from '../../domain-error.ts';

/** Throws forbidden when the person may not read the trail. */
export function assertMayReadTrail(person: Person): void {
  if (!may(person.role, 'audit.read')) throw forbidden();
}

/** The clients of whom the person may see who opened their record. Throws forbidden. */
export function viewersScope(person: Person): Scope {
  if (!may(person.role, 'clients.viewers')) throw forbidden();
  return scopeFor(person, 'clients.viewers');
}
