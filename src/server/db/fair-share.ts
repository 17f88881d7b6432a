import { Semaphore, type SemaphoreLimits } from './semaphore.ts';

/** Seconds that a request waits for its share of the connections, in all of its queues together. */
export const shareSeconds = 5;

/** @returns a function that tells how many of these seconds are left */
export function countDown(seconds: number): () => number {
  const end = performance.now() + seconds * 1000;
  return () => Math.max(0, (end - performance.now()) / 1000);
}

/** A semaphore per key, for example per clinic; it exists only while the key has work. */
class KeyedSemaphores {
  readonly #limits: SemaphoreLimits;
  readonly #byKey = new Map<string, Semaphore>();

  constructor(limits: SemaphoreLimits) {
    this.#limits = limits;
  }

  async run<T>(key: string, work: () => Promise<T>, seconds: number): Promise<T> {
    const share = this.#byKey.get(key) ?? new Semaphore(this.#limits);
    this.#byKey.set(key, share);
    try {
      return await share.run(work, seconds);
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
    this.#people = new KeyedSemaphores({ places: Math.max(1, Math.min(4, half - 1)), queue: 250 });
    this.#clinics = new KeyedSemaphores({ places: half, queue: 500 });
  }

  run<T>({ professionalId, clinicId }: Sharer, work: () => Promise<T>): Promise<T> {
    const left = countDown(shareSeconds);
    const inClinic = () => (clinicId === undefined ? work() : this.#clinics.run(clinicId, work, left()));
    return professionalId === undefined ? inClinic() : this.#people.run(professionalId, inClinic, left());
  }
}
