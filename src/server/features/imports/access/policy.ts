import type { Role } from '../../../../shared/contracts/auth.ts';
import { may, mayFor, type Person, type Scope, scopeFor } from '../../../../shared/permissions.ts';
import { forbidden } from '../../../domain-error.ts';
import type { Actor } from '../../../http/actor.ts';

/** Imports bring many clients at once, with clinical notes: only those responsible for them may. */
export const mayImport = (role: Role): boolean => may(role, 'imports.run');

/** Throws forbidden. */
export function assertMayImport(actor: Actor): void {
  if (!mayImport(actor.role)) throw forbidden();
}

/** Whose imports a person sees, and whose clients their imports may change: administrators all, others their own. */
export const importScope = (person: Person): Scope => scopeFor(person, 'imports.run');

/** Whether clients may become this professional's: the person's own; an administrator may choose. */
export const mayTarget = (person: Person, targetId: string): boolean => mayFor(person, 'imports.run', targetId);

/** Whose clients they become. Throws forbidden. */
export function targetOf(actor: Actor, professionalId: string | undefined): string {
  const target = professionalId ?? actor.professionalId;
  if (!mayTarget(actor, target)) throw forbidden();
  return target;
}
