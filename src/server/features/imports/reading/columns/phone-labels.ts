import { foldText } from '../../../../../shared/fold-text.ts';
import type { Column } from './columns.ts';
import { foldHeader, meaningOf } from '../headers/header-names.ts';
import { isPhoneField } from '../values/phones.ts';

const mobile = /^\W{0,4}(?:mobile|cell|celular|cel|movel|movil|whatsapp|iphone)\b/;
/** Labels that contact lists use by default. Any other label was written by a person. */
const usual =
  /^\W{0,4}(?:home|work|main|other|fax|pager|custom|casa|residencial|trabalho|comercial|principal|outro|outros|recado|google voice)?\W{0,4}$/;

/** Columns of labels for the numbers of another column, such as `Phone 1 - Label` beside `Phone 1 - Value`. */
export class PhoneLabels {
  /** Index of a phone column → its column of labels. */
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

  /** Whether the label of a number in a row says that it is a mobile phone. */
  isMobile({ index }: Column, cells: readonly string[]): boolean {
    return mobile.test(this.#labelOf(index, cells));
  }

  /** A label that a person wrote, such as `Mãe`, with its column. */
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

/** Whether a column has phones but no field of its own: the third phone of a contact list, the number at work. */
export const isSparePhone = ({ meaning, header }: Column): boolean =>
  meaning === 'extra' &&
  (/^(?:phone|telefone|fone|celular)_\d{1,2}(?:_value)?$/.test(foldHeader(header)) ||
    isPhoneField(meaningOf(header) ?? 'extra') ||
    /^(?:home|business|work|other|company_main|primary|assistants?|car|radio|mobile)_(?:tele)?phone(?:_\d)?$/.test(
      foldHeader(header),
    ));
