import { may, mayFor, type Person, type Scope, scopeFor } from '../../../../shared/permissions.ts';
import { forbidden } from '../../../domain-error.ts';
import type { Actor } from '../../../http/actor.ts';

/** Whether somebody may run imports, which write many clients with clinical notes. */
export const mayImport = (person: Pick<Person, 'role' | 'clinicalAccess'>): boolean => may(person, 'imports.run');

/** Throws forbidden when the person may not run imports. */
export function assertMayImport(actor: Actor): void {
  if (!mayImport(actor)) throw forbidden();
}

/** The imports that a person sees and the clients that they may change: all for administrators, one's own for others. */
export const importScope = (person: Person): Scope => scopeFor(person, 'imports.run');

/** The agendas into which a person's import books. */
export const agendaScope = (person: Person): Scope => scopeFor(person, 'agenda.write');

/** Whether the person may import clients for this professional: for themselves, administrators for anybody. */
export const mayTarget = (person: Person, targetId: string): boolean => mayFor(person, 'imports.run', targetId);

/** The professional who gets the clients, by default the person. Throws forbidden. */
export function targetOf(actor: Actor, professionalId: string | undefined): string {
  const target = professionalId ?? actor.professionalId;
  if (!mayTarget(actor, target)) throw forbidden();
  return target;
}
