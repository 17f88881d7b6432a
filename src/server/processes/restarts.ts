/** A process that has lived this long, in milliseconds, was no part of a series of failures. */
const settled = 60_000;
/** The most failures within that time, of all processes together. */
const most = 6;
const firstPause = 250;
const longestPause = 5000;

/** Decides how long to wait before a process that has ended is replaced. */
export class Restarts {
  #failures: number[] = [];

  /** Milliseconds to wait; undefined when processes end one after the other, so that replacing them is no use. */
  pauseAfter(now: number): number | undefined {
    this.#failures = [...this.#failures.filter((at) => now - at < settled), now];
    if (this.#failures.length > most) return undefined;
    return Math.min(longestPause, firstPause * 2 ** (this.#failures.length - 1));
  }
}
