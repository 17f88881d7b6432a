/** An appointment of the same import that takes its time. */
interface Taken {
  readonly start: number;
  readonly end: number;
  readonly clientId: string;
}

const day = 86_400_000;

/** Times that an import has given to professionals, rooms and clients, by the days that they touch: an appointment touches two at most. */
export class TakenTimes {
  readonly #byDay = new Map<string, Taken[]>();

  /** Whose appointment has a part of this time with the same professional or room, or of the same client. */
  find(whose: string, start: Date, end: Date): Taken | undefined {
    const [from, to] = [start.getTime(), end.getTime()];
    for (const key of keysOf(whose, from, to)) {
      const found = this.#byDay.get(key)?.find((taken) => taken.start < to && from < taken.end);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  add(whose: string, start: Date, end: Date, clientId: string): void {
    const taken = { start: start.getTime(), end: end.getTime(), clientId };
    for (const key of keysOf(whose, taken.start, taken.end)) {
      const known = this.#byDay.get(key);
      if (known === undefined) this.#byDay.set(key, [taken]);
      else known.push(taken);
    }
  }
}

function keysOf(whose: string, from: number, to: number): string[] {
  const [first, last] = [Math.floor(from / day), Math.floor((to - 1) / day)];
  const keys = [`${whose} ${String(first)}`];
  if (last > first) keys.push(`${whose} ${String(last)}`);
  return keys;
}
