import type { MetricValues } from './messages.ts';

/** Milliseconds to wait for a process's metrics. */
const patience = 2000;

interface Round {
  readonly missing: Set<number>;
  readonly all: MetricValues[];
  finish(): void;
}

/** Asks every serving process for its metrics, at the request of one of them. */
export class MetricsRounds {
  readonly #rounds = new Map<number, Round>();
  #count = 0;

  /** `ask` is called with each process's number. Resolves with what has arrived when all have answered, or after two seconds. */
  gather(processes: Iterable<number>, ask: (process: number, round: number) => void): Promise<MetricValues[]> {
    const number = ++this.#count;
    const missing = new Set(processes);
    return new Promise((resolve) => {
      const all: MetricValues[] = [];
      const finish = (): void => {
        clearTimeout(timer);
        this.#rounds.delete(number);
        resolve(all);
      };
      const timer = setTimeout(finish, patience);
      this.#rounds.set(number, { missing, all, finish });
      for (const process of missing) ask(process, number);
      if (missing.size === 0) finish();
    });
  }

  receive(process: number, round: number, values: MetricValues): void {
    const open = this.#rounds.get(round);
    if (open?.missing.delete(process) !== true) return;
    open.all.push(values);
    if (open.missing.size === 0) open.finish();
  }

  /** A process has ended: nobody waits for its answer. */
  forget(process: number): void {
    for (const round of this.#rounds.values())
      if (round.missing.delete(process) && round.missing.size === 0) round.finish();
  }
}
