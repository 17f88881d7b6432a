/** The person and clinic that hold a place. */
export interface PlaceOwner {
  readonly person: string;
  readonly clinic: string;
}

interface PlaceLimits extends Readonly<Record<keyof PlaceOwner, number>> {
  readonly total: number;
  /** The most that one clinic may have in the queue. */
  readonly waiting: number;
  /** The longest wait, in milliseconds. */
  readonly patience: number;
}

interface Waiting {
  readonly owner: PlaceOwner;
  readonly go: () => void;
}

/** The queue is full (`isFull`), or no place became free in time. */
export class NoPlace extends Error {
  readonly isFull: boolean;

  constructor(isFull: boolean) {
    super('there is no place');
    this.name = 'NoPlace';
    this.isFull = isFull;
  }
}

/**
 * A semaphore that also limits the places of each person and each clinic. The clinic with the fewest places is served next, so
 * that one with many uploads does not hold up the others; that of the database (db/semaphore.ts) serves in order and gives up
 * when the database is gone.
 */
export class Places {
  readonly #limits: PlaceLimits;
  readonly #held: PlaceOwner[] = [];
  readonly #queue: Waiting[] = [];

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** Waits for a place. Throws NoPlace. @returns the function that gives it back */
  async take(owner: PlaceOwner): Promise<() => void> {
    if (!this.#isFree(owner)) await this.#wait(owner);
    else this.#held.push(owner);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#held.splice(this.#held.indexOf(owner), 1);
      this.#next();
    };
  }

  #count(of: keyof PlaceOwner, owner: PlaceOwner): number {
    return this.#held.filter((held) => held[of] === owner[of]).length;
  }

  #isFree(owner: PlaceOwner): boolean {
    const { person, clinic, total } = this.#limits;
    return this.#held.length < total && this.#count('person', owner) < person && this.#count('clinic', owner) < clinic;
  }

  #wait(owner: PlaceOwner): Promise<void> {
    if (this.#queue.filter((other) => other.owner.clinic === owner.clinic).length >= this.#limits.waiting)
      throw new NoPlace(true);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        owner,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(new NoPlace(false));
      }, this.#limits.patience);
      this.#queue.push(waiting);
    });
  }

  #next(): void {
    const free = this.#queue.filter(({ owner }) => this.#isFree(owner));
    const held = new Map(free.map((waiting) => [waiting, this.#count('clinic', waiting.owner)]));
    const [next] = free.sort((a, b) => (held.get(a) ?? 0) - (held.get(b) ?? 0));
    if (next === undefined) return;
    this.#queue.splice(this.#queue.indexOf(next), 1);
    this.#held.push(next.owner);
    next.go();
    this.#next();
  }
}
