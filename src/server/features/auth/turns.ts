import { DatabaseUnavailable } from '../../db/errors.ts';

interface Waiting {
  readonly go: () => void;
  readonly giveUp: (reason: unknown) => void;
}

/**
 * Lets a few run at once; the others wait in order. Sign-ins wait for rows that attackers can keep busy: if each of them held
 * a database connection meanwhile, none would be left for anybody else.
 */
export class Turns {
  readonly #places: number;
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken < this.#places) this.#taken += 1;
    else await new Promise<void>((go, giveUp) => this.#waiting.push({ go, giveUp }));
    try {
      return await work();
    } catch (error) {
      // All those waiting would get the same error, but only one after the other.
      if (error instanceof DatabaseUnavailable) for (const { giveUp } of this.#waiting.splice(0)) giveUp(error);
      throw error;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next.go();
    }
  }
}
