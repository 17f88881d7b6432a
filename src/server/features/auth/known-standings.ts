import type { Role } from '../../../shared/contracts/auth.ts';
import { plainStanding, type Standing } from '../../../shared/permissions.ts';

/** The most people who are remembered. Few have a standing that their role doesn't tell. */
const capacity = 5000;

/**
 * What the database last said that people may do, so that their requests are not run twice each time. Every transaction checks it:
 * what is remembered wrongly costs a second run.
 */
export class KnownStandings {
  readonly #standings = new Map<string, Standing>();

  /** What somebody may do, as far as it is known; otherwise as the role in the token says. */
  find({ professionalId, role }: { readonly professionalId: string; readonly role: Role }): Standing {
    return this.#standings.get(professionalId) ?? plainStanding(role);
  }

  remember(professionalId: string, standing: Standing): void {
    if (this.#standings.size >= capacity) this.#standings.clear();
    this.#standings.set(professionalId, standing);
  }
}
