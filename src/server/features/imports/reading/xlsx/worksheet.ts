import type { ArchiveBudget } from './archive-budget.ts';
import { limits } from '../records/limits.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';
import { momentOfSerial } from '../values/serial-date.ts';
import { createXmlParser, type XmlHandlers } from './workbook-xml.ts';

/** What is needed to read the cells of a sheet. */
export interface SheetFormat {
  readonly date1904: boolean;
  /** Texts that cells refer to by number. */
  readonly texts: readonly string[];
  /** For each style, whether it shows a number as a date. */
  readonly dateStyles: readonly boolean[];
}

/** Reads the rows of a sheet (ECMA-376, SpreadsheetML) from XML that arrives in pieces. */
export class SheetReader {
  readonly #format: SheetFormat;
  readonly #budget: ArchiveBudget;
  readonly #parser;
  #records: TableRecord[] = [];
  #cells: string[] = [];
  #line = 0;
  #column = 0;
  #type = '';
  #style = -1;
  #value = '';
  #within = false;
  /** True within a pronunciation (rPh), which East Asian programs store with a text. */
  #phonetic = false;
  #rows = 0;
  #length = 0;

  constructor(format: SheetFormat, budget: ArchiveBudget) {
    this.#format = format;
    this.#budget = budget;
    const handlers: XmlHandlers = {
      open: (name, attributes) => {
        this.#open(name, attributes);
      },
      text: (text) => {
        if (this.#within) this.#append(text);
      },
      close: (name) => {
        this.#close(name);
      },
    };
    this.#parser = createXmlParser(handlers, budget);
  }

  push(piece: string): TableRecord[] {
    this.#parser.write(piece);
    return this.#take();
  }

  end(): TableRecord[] {
    this.#parser.close();
    return this.#take();
  }

  #take(): TableRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#line = lineAfter(this.#line, attributes['r']);
      this.#cells = [];
      this.#column = 0;
      this.#length = 0;
      this.#rows += 1;
      if (this.#rows > limits.sheetRows) throw new FileProblem('workbook_too_large');
    } else if (name === 'c') {
      this.#column = attributes['r'] === undefined ? this.#column : columnOf(attributes['r']);
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? -1);
      this.#value = '';
      this.#phonetic = false;
    } else {
      if (name === 'rPh') this.#phonetic = true;
      this.#within = (name === 'v' || name === 't') && !this.#phonetic;
    }
  }

  #append(text: string): void {
    this.#value += text;
    if (this.#value.length > limits.cellLength)
      throw new FileProblem('record_too_long', { line: this.#line, column: this.#column + 1 });
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#within = false;
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'c') this.#endCell(this.#text());
    else if (name === 'row') this.#records.push({ line: this.#line, cells: this.#cells });
  }

  #endCell(text: string): void {
    const column = this.#column;
    this.#column += 1;
    if (column >= limits.columns) {
      // Ignore empty cells far to the right, which only have a colour.
      if (text === '') return;
      throw new FileProblem('too_many_columns', { line: this.#line });
    }
    this.#length += text.length;
    if (this.#length > limits.recordLength)
      throw new FileProblem('record_too_long', { line: this.#line, column: column + 1 });
    this.#budget.spend('cellText', text.length);
    this.#budget.spend('elements', Math.max(0, column - this.#cells.length));
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = text;
  }

  #text(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return unescaped(this.#format.texts[Number(value)] ?? '');
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'e':
        return '';
      case 'n':
        return this.#number(value);
      default:
        return unescaped(value);
    }
  }

  #number(value: string): string {
    if (value === '') return '';
    const number = Number(value);
    if (this.#format.dateStyles[this.#style] === true) return momentOfSerial(number, this.#format.date1904);
    // Phones and documents entered as numbers are stored in scientific notation.
    return Number.isSafeInteger(number) ? String(number) : value;
  }
}

/** Decodes `_x000D_`: workbooks write characters that XML does not allow by their code (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** The number of a row. Numbers ascend; a row without a valid one follows the previous row. */
function lineAfter(line: number, said: string | undefined): number {
  const number = Number(said);
  return Number.isSafeInteger(number) && number > line && number <= limits.sheetRows ? number : line + 1;
}

/** The column of a cell, from 0: `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const code = character.charCodeAt(0) - 64;
    if (code < 1 || code > 26 || column > limits.columns * 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

// Excel's built-in number formats for dates (ECMA-376 part 1, 18.8.30).
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);

/** Whether a number format shows a date. Excel's formats have at most 255 characters. */
const isDateFormat = (code: string): boolean =>
  code.length <= 1000 && /[dy]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** Reads, for each style, whether it shows a number as a date. */
export async function dateStyles(read: (on: XmlHandlers) => Promise<void>): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let within = false;
  await read({
    open: (name, attributes) => {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') custom.set(id, isDateFormat(attributes['formatCode'] ?? ''));
      if (name === 'cellXfs') within = true;
      if (name === 'xf' && within) styles.push(custom.get(id) ?? isBuiltInDate(id));
      if (styles.length > limits.styles || custom.size > limits.styles) throw new FileProblem('workbook_too_large');
    },
    close: (name) => {
      if (name === 'cellXfs') within = false;
    },
  });
  return styles;
}
