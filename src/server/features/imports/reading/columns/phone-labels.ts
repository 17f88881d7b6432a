import { foldText } from '../../../../../shared/fold-text.ts';
import type { Column } from './columns.ts';
import { foldHeader, meaningOf } from '../headers/header-names.ts';
import { isPhoneField } from '../values/phones.ts';

const mobile = /^\W{0,4}(?:mobile|cell|celular|cel|movel|movil|whatsapp|iphone)\b/;
/** What contact lists call numbers by themselves; another label is somebody's own word. */
const usual =
  /^\W{0,4}(?:home|work|main|other|fax|pager|custom|casa|residencial|trabalho|comercial|principal|outro|outros|recado|google voice)?\W{0,4}$/;

/** A column of labels that says what the numbers of another column are, as in `Phone 1 - Label` beside `Phone 1 - Value`. */
export class PhoneLabels {
  /** By the index of the column of phones. */
  readonly #columns: ReadonlyMap<number, Column>;

  constructor(columns: readonly Column[]) {
    const named = new Map(columns.map((column) => [foldHeader(column.header), column]));
    this.#columns = new Map(
      columns.flatMap(({ index, header }) => {
        const [, stem] = /^((?:phone|telefone|fone)_\d{1,2})_value$/.exec(foldHeader(header)) ?? [];
        const label = stem === undefined ? undefined : (named.get(`${stem}_label`) ?? named.get(`${stem}_type`));
        return label === undefined ? [] : [[index, label]];
      }),
    );
  }

  /** Whether a row calls the number in a column a mobile one. */
  isMobile({ index }: Column, cells: readonly string[]): boolean {
    return mobile.test(this.#labelOf(index, cells));
  }

  /** The column and text of a label in somebody's own words, such as `Mãe`. */
  findOwn({ index }: Column, cells: readonly string[]): { readonly column: Column; readonly text: string } | undefined {
    const column = this.#columns.get(index);
    const label = this.#labelOf(index, cells);
    if (column === undefined || usual.test(label) || mobile.test(label)) return undefined;
    return { column, text: (cells[column.index] ?? '').trim() };
  }

  #labelOf(index: number, cells: readonly string[]): string {
    const at = this.#columns.get(index)?.index;
    return at === undefined ? '' : foldText((cells[at] ?? '').slice(0, 60)).trim();
  }
}

/** A column of phones that has no field of its own: the third of a contact list, the number at work. */
export const isSparePhone = ({ meaning, header }: Column): boolean =>
  meaning === 'extra' &&
  (/^(?:phone|telefone|fone|celular)_\d{1,2}(?:_value)?$/.test(foldHeader(header)) ||
    isPhoneField(meaningOf(header) ?? 'extra') ||
    /^(?:home|business|work|other|company_main|primary|assistants?|car|radio|mobile)_(?:tele)?phone(?:_\d)?$/.test(
      foldHeader(header),
    ));
