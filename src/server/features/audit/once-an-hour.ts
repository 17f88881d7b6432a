/** The most keys that are remembered; with more, something is recorded twice rather than not at all. */
const mostKeys = 100_000;

const hour = 3_600_000;

/** Remembers for the rest of the hour what was recorded, so that it is recorded once. */
export class OnceAnHour {
  #hour = 0;
  readonly #seen = new Map<string, number>();

  /** How often a key was counted within the current hour. */
  times(key: string): number {
    const now = Math.floor(Date.now() / hour);
    if (now !== this.#hour) this.#seen.clear();
    this.#hour = now;
    return this.#seen.get(key) ?? 0;
  }

  /** Counts a key within the current hour. @returns how often it was counted, this time included */
  count(key: string): number {
    const times = this.times(key) + 1;
    if (this.#seen.size >= mostKeys) this.#seen.clear();
    this.#seen.set(key, times);
    return times;
  }
}
