import { isTooMuchExtra } from '../../../../shared/contracts/clients.ts';
import type { ImportField } from '../../../../shared/contracts/imports.ts';
import type { FieldErrorCode } from '../../../../shared/errors.ts';
import { AreaCodes } from './area-codes.ts';
import { firstEmail, isMask, isNone, isYearless, tagsOf, textsOf } from './cells.ts';
import type { Column } from './columns.ts';
import { parseExtraByContract, parseTagsByContract, ValueProblem } from './contract-fields.ts';
import { meaningOf } from './header-names.ts';
import { isPhoneField, type PhoneField, readNotedPhones, readPhones } from './phones.ts';
import type { TableRecord } from './records.ts';
import { readers } from './values.ts';

/** Why a row, or one of its cells, is refused. */
export type RowProblemCode =
  | FieldErrorCode
  | 'missing_cells'
  | 'surplus_cells'
  | 'unclosed_quote'
  | 'stray_quote'
  | 'damaged_text'
  | 'invalid_record'
  | 'too_many_phones'
  | 'too_many_tags'
  | 'conflicting_name'
  | 'conflicting_document'
  | 'conflicting_birth_date'
  | 'document_of_another'
  | 'missing_name'
  | 'several_matches'
  | 'phone_of_another'
  | 'client_of_another'
  | 'more_problems';

export interface RowProblem {
  /** Column of the file, from 1; 0 for the row as a whole. */
  readonly column: number;
  readonly code: RowProblemCode;
  readonly value: string;
}

/** A row that can be imported, with the fields that it has. */
export interface ImportRow {
  readonly line: number;
  /** As in the file, for the list of refused rows. */
  readonly cells: readonly string[];
  readonly values: Readonly<Partial<Record<TextField, string>>>;
  readonly tags: readonly string[] | undefined;
  readonly extra: Readonly<Record<string, string>> | undefined;
  /** Where the first name ends and the last begins is guessed. */
  readonly splitName: boolean;
  /** According to the file, others have this phone too. */
  readonly sharedPhone: boolean;
  /** The phone comes from the column of another number: it takes the place of none. */
  readonly phoneStandsIn: boolean;
}

export interface RejectedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problems: readonly RowProblem[];
}

export type TextField = Exclude<ImportField, 'tags'>;

// The apostrophe that exports put before formulas so that spreadsheets do not run them (OWASP, CSV injection).
const guarded = /^'(?='*[=+\-@\t\r])/;

interface RowOptions {
  /** Cells hold what they say, with the spaces around it. */
  readonly exact: boolean;
  /** A row may end with its last filled cell, as in a spreadsheet. */
  readonly ragged: boolean;
  /** Of phones that come without one. */
  readonly areaCode?: string | undefined;
}

/** Turns records into rows by the columns' meaning. One object for a whole file. */
export class RowReader {
  readonly #columns: readonly Column[];
  readonly #areaCodes: AreaCodes;
  readonly #standIn: Column | undefined;
  readonly #width: number;
  readonly #options: RowOptions;

  constructor(columns: readonly Column[], options: RowOptions) {
    this.#columns = columns.filter(({ meaning }) => meaning !== 'ignore' && meaning !== 'areaCode');
    this.#areaCodes = new AreaCodes(columns, options.areaCode);
    this.#standIn = findStandIn(columns);
    this.#width = columns.length;
    this.#options = options;
  }

  read(record: TableRecord): ImportRow | RejectedRow {
    const shape = this.#shapeProblem(record);
    if (shape !== undefined) return { line: record.line, cells: record.cells, problems: [shape] };
    const draft = new Draft(record, this.#areaCodes, this.#standIn);
    for (const column of this.#columns) {
      const raw = record.cells[column.index];
      if (raw === undefined || raw === '') continue;
      const unguarded = raw.charCodeAt(0) === 39 ? raw.replace(guarded, '') : raw;
      const cell = this.#options.exact ? unguarded : unguarded.trim();
      if (cell !== '') draft.take(column, cell);
    }
    return draft.finish();
  }

  #shapeProblem({ cells, broken }: TableRecord): RowProblem | undefined {
    if (broken !== undefined) return { column: broken.column, code: broken.code, value: excerpt(cells[0] ?? '') };
    if (cells.length < this.#width && !this.#options.ragged)
      return { column: cells.length + 1, code: 'missing_cells', value: '' };
    if (cells.length <= this.#width) return undefined;
    const surplus = cells.findIndex((cell, index) => index >= this.#width && cell.trim() !== '');
    if (surplus < 0) return undefined;
    return { column: surplus + 1, code: 'surplus_cells', value: excerpt(cells[surplus] ?? '') };
  }
}

/** `Telefone` beside `Celular`: the phone of whoever has no other. */
const findStandIn = (columns: readonly Column[]): Column | undefined =>
  columns.some(({ meaning }) => meaning === 'phone')
    ? columns.find(({ meaning, header }) => meaning === 'secondaryPhone' && meaningOf(header) === 'phone')
    : undefined;

/** Fields with a format besides phones, in which other software leaves an empty mask or a word for none. */
const formed: ReadonlySet<TextField> = new Set([
  'email',
  'document',
  'dateOfBirth',
  'address.postalCode',
  'address.state',
  'guardian.document',
]);

const excerpt = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

interface FoundPhone {
  readonly column: Column;
  readonly cell: string;
  /** In E.164. */
  readonly number: string;
}

class Draft {
  readonly #record: TableRecord;
  readonly #areaCodes: AreaCodes;
  readonly #standIn: Column | undefined;
  readonly #values: Partial<Record<TextField, string>> = {};
  readonly #problems: RowProblem[] = [];
  #tags: string[] | undefined;
  #extra: Record<string, string> | undefined;
  #splitName = false;
  #sharedPhone = false;
  #phoneStandsIn = false;
  #middleName: { readonly column: Column; readonly cell: string } | undefined;
  /** Numbers besides the first in the column of the phone. */
  readonly #further: FoundPhone[] = [];

  constructor(record: TableRecord, areaCodes: AreaCodes, standIn: Column | undefined) {
    this.#record = record;
    this.#areaCodes = areaCodes;
    this.#standIn = standIn;
  }

  take(column: Column, cell: string): void {
    // Damage of an earlier conversion: the original letter is lost.
    if (cell.includes('\ufffd')) {
      this.#refuse(column, 'damaged_text', cell);
      return;
    }
    const { meaning } = column;
    if (meaning === 'fullName') this.#takeFullName(column, cell);
    else if (meaning === 'middleName') this.#middleName = { column, cell };
    else if (meaning === 'sharedPhone') this.#sharedPhone = /^(true|1|sim|s|yes|y)$/i.test(cell);
    else if (meaning === 'tags') this.#takeTags(column, cell);
    else if (meaning === 'extra') this.#keep(column, cell);
    else if (meaning === 'extraObject') this.#takeExtra(column, textsOf(cell) ?? { [column.header]: cell }, cell);
    else if (isPhoneField(meaning)) this.#takePhones(column, meaning, cell);
    else if (meaning !== 'ignore' && meaning !== 'areaCode') this.#takeText(column, meaning, cell);
  }

  finish(): ImportRow | RejectedRow {
    const { line, cells } = this.#record;
    this.#placeMiddleName();
    this.#placeFurther();
    if (this.#extra !== undefined && isTooMuchExtra(this.#extra))
      this.#problems.push({ column: 0, code: 'too_much_extra', value: '' });
    if (this.#problems.length > 0) return { line, cells, problems: this.#problems };
    return {
      line,
      cells,
      values: this.#values,
      tags: this.#tags,
      extra: this.#extra,
      splitName: this.#splitName,
      sharedPhone: this.#sharedPhone,
      phoneStandsIn: this.#phoneStandsIn,
    };
  }

  #refuse(column: Column, code: RowProblemCode, cell: string): void {
    this.#problems.push({ column: column.index + 1, code, value: excerpt(cell) });
  }

  #takeText(column: Column, field: TextField, cell: string): void {
    if (formed.has(field) && isMask(cell)) return;
    const value = readers[field](cell);
    if (typeof value === 'string') {
      this.#values[field] = value;
      return;
    }
    const email = field === 'email' ? firstEmail(cell) : undefined;
    if (email !== undefined) this.#values.email = email;
    if (email !== undefined || (field === 'dateOfBirth' && isYearless(cell))) this.#keep(column, cell);
    else if (!formed.has(field) || !isNone(cell)) this.#refuse(column, value.code, cell);
  }

  #takePhones(column: Column, field: PhoneField, cell: string): void {
    if (isMask(cell)) return;
    const area = this.#areaCodes.find(column, this.#record.cells);
    let read = readPhones(cell, area);
    if (read instanceof ValueProblem) {
      if (isNone(cell)) return;
      const { code } = read;
      read = readNotedPhones(cell, area);
      if (read instanceof ValueProblem) {
        this.#refuse(column, code, cell);
        return;
      }
      this.#keep(column, cell);
    }
    this.#addPhones(column, field, cell, read);
  }

  #addPhones(column: Column, field: PhoneField, cell: string, numbers: readonly string[]): void {
    const isStandIn = column === this.#standIn;
    const [first, ...rest] = numbers;
    if (first !== undefined && !isStandIn) this.#values[field] = first;
    const further = isStandIn ? numbers : rest;
    if (further.length === 0) return;
    if (isStandIn || field === 'phone') this.#further.push(...further.map((number) => ({ column, cell, number })));
    else this.#refuse(column, 'too_many_phones', cell);
  }

  /** A second number is the other phone, unless the row has that already. */
  #placeFurther(): void {
    const [first] = this.#further;
    if (first === undefined) return;
    this.#phoneStandsIn = this.#values.phone === undefined;
    const phone = (this.#values.phone ??= first.number);
    const other = this.#values.secondaryPhone;
    const rest = this.#further.filter(({ number }) => number !== phone && number !== other);
    const [second] = rest;
    if (second === undefined) return;
    const surplus = other === undefined ? rest.find(({ number }) => number !== second.number) : second;
    if (surplus === undefined) this.#values.secondaryPhone = second.number;
    else this.#refuse(surplus.column, 'too_many_phones', surplus.cell);
  }

  /** What stands between first and last name goes before the last, where a whole name has it, too. */
  #placeMiddleName(): void {
    if (this.#middleName === undefined) return;
    const { column, cell } = this.#middleName;
    const { lastName } = this.#values;
    this.#splitName = true;
    this.#takeText(column, 'lastName', lastName === undefined ? cell : `${cell} ${lastName}`);
  }

  #takeFullName(column: Column, cell: string): void {
    const space = cell.search(/\s/);
    this.#splitName = true;
    this.#takeText(column, 'firstName', space < 0 ? cell : cell.slice(0, space));
    if (space >= 0) this.#takeText(column, 'lastName', cell.slice(space).trim());
  }

  #takeTags(column: Column, cell: string): void {
    const tags = parseTagsByContract(tagsOf(cell));
    if (tags instanceof ValueProblem) this.#refuse(column, tags.code, cell);
    else this.#tags = tags;
  }

  /** As an extra field, by the name of the column. */
  #keep(column: Column, cell: string): void {
    this.#takeExtra(column, { [column.header.slice(0, 100)]: cell }, cell);
  }

  #takeExtra(column: Column, extra: Readonly<Record<string, string>>, cell: string): void {
    const problem = parseExtraByContract(extra);
    if (problem === undefined) this.#extra = { ...this.#extra, ...extra };
    else this.#refuse(column, problem.code, cell);
  }
}
