import { retry } from '../../../shared/retry.ts';
import { brokenConstraint } from '../../db/errors.ts';
import { DomainError } from '../../domain-error.ts';

/** Somebody else changed an appointment between its reading and its locking: doing it again reads the present one. */
export class AgendaChanged extends Error {
  constructor() {
    super('an appointment changed meanwhile');
    this.name = 'AgendaChanged';
  }
}

const exclusions = new Set(['appointments_professional_free', 'appointments_room_free']);

const lostRace = (error: unknown): boolean =>
  error instanceof AgendaChanged || exclusions.has(brokenConstraint(error) ?? '');

/**
 * Runs a whole transaction again when it lost a race for appointments. The second time it finds what is there. Throws conflict
 * after eight attempts.
 */
export async function runAgainAfterRace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await retry(work, { attempts: 8, when: lostRace });
  } catch (error) {
    if (lostRace(error)) throw new DomainError('conflict', { cause: error });
    throw error;
  }
}
