import { HttpProblem } from '../../http/problem.ts';
import type { Actor } from '../../http/actor.ts';

/** Bringing clients in by the hundred, clinical notes among them, is for those who answer for them. Throws forbidden. */
export function assertMayImport(actor: Actor): void {
  if (actor.role === 'reception') throw new HttpProblem('forbidden');
}

/** Whose imports a person sees: administrators everybody's, others their own. */
export const importScope = (actor: Actor): string | undefined =>
  actor.role === 'administrator' ? undefined : actor.professionalId;

/** Whose clients they become: a professional's own, anybody's for an administrator. Throws forbidden. */
export function targetOf(actor: Actor, professionalId: string | undefined): string {
  const target = professionalId ?? actor.professionalId;
  if (actor.role !== 'administrator' && target !== actor.professionalId) throw new HttpProblem('forbidden');
  return target;
}
