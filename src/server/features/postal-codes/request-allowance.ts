import { limitReached } from '../../domain-error.ts';

const minute = 60_000;

/** Counts requests of a person within a minute, in memory. */
export class RequestAllowance {
  readonly #perMinute: number;
  readonly #counts = new Map<string, number>();
  #began = 0;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Throws too_many_requests. */
  charge(personId: string, now = performance.now()): void {
    if (now - this.#began >= minute || this.#counts.size === 0) {
      this.#counts.clear();
      this.#began = now;
    }
    const count = (this.#counts.get(personId) ?? 0) + 1;
    if (count > this.#perMinute)
      throw limitReached('too_many_requests', Math.ceil((this.#began + minute - now) / 1000));
    this.#counts.set(personId, count);
  }
}
