import type { Role } from '../../../../shared/contracts/auth.ts';
import { HttpProblem } from '../../../http/problem.ts';
import type { Actor } from '../../../http/actor.ts';

type Person = Pick<Actor, 'role' | 'professionalId'>;

/** Imports bring many clients at once, with clinical notes: only those responsible for them may. */
export const mayImport = (role: Role): boolean => role !== 'reception';

/** Throws forbidden. */
export function assertMayImport(actor: Actor): void {
  if (!mayImport(actor.role)) throw new HttpProblem('forbidden');
}

/** Whose imports a person sees, and whose clients their imports may change: administrators all, others their own. */
export const importScope = (person: Person): string | undefined =>
  person.role === 'administrator' ? undefined : person.professionalId;

/** Whether clients may become this professional's: the person's own; an administrator may choose. */
export const mayTarget = (person: Person, targetId: string): boolean =>
  person.role === 'administrator' || targetId === person.professionalId;

/** Whose clients they become. Throws forbidden. */
export function targetOf(actor: Actor, professionalId: string | undefined): string {
  const target = professionalId ?? actor.professionalId;
  if (!mayTarget(actor, target)) throw new HttpProblem('forbidden');
  return target;
}
