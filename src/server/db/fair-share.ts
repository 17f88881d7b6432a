import { Semaphore, type SemaphoreLimits } from './semaphore.ts';

/** A semaphore per key, for example per clinic; it exists only while the key has work. */
class KeyedSemaphores {
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

/** The person and clinic to whose share of the connections a transaction counts. */
export interface Sharer {
  readonly professionalId?: string | undefined;
  readonly clinicId?: string | undefined;
}

/**
 * Divides database connections among people and clinics: a clinic gets at most half of them, one person at most four. Further
 * work waits in order for up to five seconds, then fails with ShareUsedUp; other clinics do not notice.
 */
export class FairShare {
  readonly #people: KeyedSemaphores;
  readonly #clinics: KeyedSemaphores;

  constructor(connections: number) {
    // Rounded up: several processes share the connections, and each has few.
    const half = Math.ceil(connections / 2);
    this.#people = new KeyedSemaphores({ places: Math.max(1, Math.min(4, half - 1)), queue: 250, seconds: 5 });
    this.#clinics = new KeyedSemaphores({ places: half, queue: 500, seconds: 5 });
  }

  run<T>({ professionalId, clinicId }: Sharer, work: () => Promise<T>): Promise<T> {
    const inClinic = () => (clinicId === undefined ? work() : this.#clinics.run(clinicId, work));
    return professionalId === undefined ? inClinic() : this.#people.run(professionalId, inClinic);
  }
}
