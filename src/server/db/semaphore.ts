import { DatabaseUnavailable, ShareUsedUp } from './errors.ts';

interface Waiting {
  readonly go: () => void;
  readonly giveUp: (reason: unknown) => void;
}

export interface SemaphoreLimits {
  /** The most tasks that run at once. */
  readonly places: number;
  /** The most tasks that wait; unlimited by default. */
  readonly queue?: number;
  /** The longest that a task waits; unlimited by default. */
  readonly seconds?: number;
}

/** Lets a limited number of tasks run at once; others wait in order. Throws ShareUsedUp when the queue is full or too slow. */
export class Semaphore {
  readonly #limits: Required<SemaphoreLimits>;
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor({ places, queue = Infinity, seconds = Infinity }: SemaphoreLimits) {
    this.#limits = { places, queue, seconds };
  }

  /** Whether nothing runs or waits. */
  get isIdle(): boolean {
    return this.#taken === 0;
  }

  /** @param seconds the longest wait of this task, where it has waited elsewhere already */
  async run<T>(work: () => Promise<T>, seconds = this.#limits.seconds): Promise<T> {
    if (this.#taken < this.#limits.places) this.#taken += 1;
    else await this.#wait(seconds);
    try {
      return await work();
    } catch (error) {
      // Everybody who waits would fail the same way, one after the other: fail them now.
      if (error instanceof DatabaseUnavailable) for (const { giveUp } of this.#waiting.splice(0)) giveUp(error);
      throw error;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next.go();
    }
  }

  async #wait(seconds: number): Promise<void> {
    if (this.#waiting.length >= this.#limits.queue) throw new ShareUsedUp();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const waiting: Waiting = {
      go: () => {
        resolve(undefined);
      },
      giveUp: reject,
    };
    this.#waiting.push(waiting);
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      reject(new ShareUsedUp());
    };
    const timer = seconds === Infinity ? undefined : setTimeout(leave, seconds * 1000);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}
