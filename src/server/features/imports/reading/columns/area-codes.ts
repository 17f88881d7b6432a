import type { Column } from './columns.ts';
import { isPhoneField, parseAreaCode } from '../values/phones.ts';

/**
 * The area codes of a file's phones. A column of phones uses the nearest column of area codes to its left, or else the first one
 * to its right. A row without an area code gets the one for the whole file.
 */
export class AreaCodes {
  /** Index of a phone column → index of its column of area codes. */
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

  /** The area code for the phone in a column of a row; undefined if there is none. */
  find(column: Column, cells: readonly string[]): string | undefined {
    return this.#ofRow(column, cells) ?? this.#ofFile;
  }

  /** Whether a phone written without an area code gets the one for the whole file. */
  usesOneOfFile(column: Column, cells: readonly string[]): boolean {
    return this.#ofFile !== undefined && this.#ofRow(column, cells) === undefined;
  }

  #ofRow({ index }: Column, cells: readonly string[]): string | undefined {
    const at = this.#columns.get(index);
    return at === undefined ? undefined : parseAreaCode(cells[at] ?? '');
  }
}
