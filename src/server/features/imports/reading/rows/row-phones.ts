import type { Column } from '../columns/columns.ts';

interface FoundPhone {
  readonly column: Column;
  readonly cell: string;
  /** In E.164. */
  readonly number: string;
  /** According to its label. */
  readonly isMobile: boolean;
}

interface Placed {
  readonly phone?: string;
  readonly secondaryPhone?: string;
  /** True when the phone comes from another column than the phone's. */
  readonly standsIn: boolean;
  /** A number for which there is no field. */
  readonly surplus?: FoundPhone;
  /** True when a label gave its field to another number, so it is no mistake of the file. */
  readonly isDisplaced: boolean;
  /** Columns without a field whose number was used. */
  readonly spent: ReadonlySet<Column>;
}

/**
 * Distributes the numbers of a row over phone and secondary phone. A number labelled as mobile comes first, else the phone
 * column's. A single number becomes the phone, whatever its column.
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
