import type { Column } from './columns.ts';
import { isPhoneField, parseAreaCode } from '../values/phones.ts';

/**
 * The area codes of a file's phones. A column of phones has them in the nearest column of area codes to its left, or else in
 * the first to its right; where there is none in the row, the whole file's is taken.
 */
export class AreaCodes {
  /** By the index of the column of phones. */
  readonly #columns: ReadonlyMap<number, number>;
  readonly #ofFile: string | undefined;

  constructor(columns: readonly Column[], ofFile: string | undefined) {
    const codes = columns.filter(({ meaning }) => meaning === 'areaCode').map(({ index }) => index);
    const phones = columns.filter(({ meaning }) => isPhoneField(meaning));
    this.#columns = new Map(
      phones.flatMap(({ index }) => {
        const at = codes.findLast((code) => code < index) ?? codes[0];
        return at === undefined ? [] : [[index, at]];
      }),
    );
    this.#ofFile = ofFile;
  }

  /** The area code for the phone in a column of a row; undefined where nobody has said one. */
  find({ index }: Column, cells: readonly string[]): string | undefined {
    const at = this.#columns.get(index);
    return (at === undefined ? undefined : parseAreaCode(cells[at] ?? '')) ?? this.#ofFile;
  }
}
