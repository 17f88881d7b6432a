import type { Column } from '../columns/columns.ts';

interface FoundPhone {
  readonly column: Column;
  readonly cell: string;
  /** In E.164. */
  readonly number: string;
  /** Its label says so. */
  readonly isMobile: boolean;
}

interface Placed {
  readonly phone?: string;
  readonly secondaryPhone?: string;
  /** The phone comes from the column of another number. */
  readonly standsIn: boolean;
  /** A number that has no place. */
  readonly surplus?: FoundPhone;
  /** A label has put another number in its place: no mistake of whoever wrote the row. */
  readonly isDisplaced: boolean;
  /** Cells of columns without a field, whose number has found a place. */
  readonly spent: ReadonlySet<Column>;
}

/**
 * The numbers of a row: a mobile one by its label comes first, otherwise the column of the phone; whoever has one number alone
 * has it as the phone, in whatever column it stands.
 */
export class RowPhones {
  readonly #main: FoundPhone[] = [];
  readonly #other: FoundPhone[] = [];
  readonly #spare: FoundPhone[] = [];

  add(column: Column, cell: string, numbers: readonly string[], isMobile: boolean): void {
    const list =
      column.meaning === 'phone' ? this.#main : column.meaning === 'secondaryPhone' ? this.#other : this.#spare;
    for (const number of numbers) list.push({ column, cell, number, isMobile });
  }

  place(): Placed {
    const all = [...this.#main, ...this.#other, ...this.#spare];
    const first = all.find(({ isMobile }) => isMobile) ?? all[0];
    if (first === undefined) return { standsIn: false, isDisplaced: false, spent: new Set() };
    const rest = [...this.#other, ...this.#main].filter(({ number }) => number !== first.number);
    const [second] = rest;
    const surplus = rest.find(({ number }) => number !== second?.number);
    const placed = [first.number, second?.number];
    return {
      phone: first.number,
      ...(second !== undefined && { secondaryPhone: second.number }),
      standsIn: first.column.meaning !== 'phone' && !first.isMobile,
      ...(surplus !== undefined && { surplus }),
      isDisplaced: first.isMobile && surplus?.column !== first.column,
      spent: new Set(this.#spare.filter(({ number }) => placed.includes(number)).map(({ column }) => column)),
    };
  }
}
