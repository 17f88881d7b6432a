/** What one upload has taken from the budget. */
interface Space {
  /** Reserves more bytes. @returns false when the budget does not have them */
  take(bytes: number): boolean;
  close(): void;
}

/** Limits the bytes that uploads occupy on disk at the same time, in total and per clinic. */
export class DiskBudget {
  readonly #limits: { readonly total: number; readonly clinic: number };
  readonly #taken = new Map<string, number>();

  constructor(limits: { readonly total: number; readonly clinic: number }) {
    this.#limits = limits;
  }

  open(clinic: string): Space {
    let own = 0;
    const ofClinic = (): number => this.#taken.get(clinic) ?? 0;
    return {
      take: (bytes) => {
        const all = [...this.#taken.values()].reduce((sum, taken) => sum + taken, 0);
        if (all + bytes > this.#limits.total || ofClinic() + bytes > this.#limits.clinic) return false;
        own += bytes;
        this.#taken.set(clinic, ofClinic() + bytes);
        return true;
      },
      close: () => {
        const left = ofClinic() - own;
        own = 0;
        if (left > 0) this.#taken.set(clinic, left);
        else this.#taken.delete(clinic);
      },
    };
  }
}
