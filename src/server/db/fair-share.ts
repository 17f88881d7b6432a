import { Semaphore, type SemaphoreLimits } from './semaphore.ts';

/** One semaphore for each key that has work. */
class Shares {
  readonly #limits: SemaphoreLimits;
  readonly #byKey = new Map<string, Semaphore>();

  constructor(limits: SemaphoreLimits) {
    this.#limits = limits;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const share = this.#byKey.get(key) ?? new Semaphore(this.#limits);
    this.#byKey.set(key, share);
    try {
      return await share.run(work);
    } finally {
      if (share.isIdle) this.#byKey.delete(key);
    }
  }
}

/** Whose share of the connections a transaction takes. */
export interface Sharer {
  readonly professionalId?: string | undefined;
  readonly clinicId?: string | undefined;
}

/**
 * Divides database connections among people and clinics: a clinic takes at most half of them, one person a few. What comes
 * beyond that waits in order, and is refused where it would wait too long; nobody else notices.
 */
export class FairShare {
  readonly #people: Shares;
  readonly #clinics: Shares;

  constructor(connections: number) {
    const half = Math.max(1, Math.floor(connections / 2));
    this.#people = new Shares({ places: Math.max(1, Math.min(4, half - 1)), queue: 250, seconds: 5 });
    this.#clinics = new Shares({ places: half, queue: 500, seconds: 5 });
  }

  run<T>({ professionalId, clinicId }: Sharer, work: () => Promise<T>): Promise<T> {
    const inClinic = () => (clinicId === undefined ? work() : this.#clinics.run(clinicId, work));
    return professionalId === undefined ? inClinic() : this.#people.run(professionalId, inClinic);
  }
}
