import { HttpProblem } from '../../http/problem.ts';
import type { Actor } from '../../http/actor.ts';

/** Imports bring many clients at once, with clinical notes: only those responsible for them may. Throws forbidden. */
export function assertMayImport(actor: Actor): void {
  if (actor.role === 'reception') throw new HttpProblem('forbidden');
}

/** Whose imports a person sees: administrators see all, others their own. */
export const importScope = (actor: Actor): string | undefined =>
  actor.role === 'administrator' ? undefined : actor.professionalId;

/** Whose clients they become: the professional's own; an administrator may choose. Throws forbidden. */
export function targetOf(actor: Actor, professionalId: string | undefined): string {
  const target = professionalId ?? actor.professionalId;
  if (actor.role !== 'administrator' && target !== actor.professionalId) throw new HttpProblem('forbidden');
  return target;
}
