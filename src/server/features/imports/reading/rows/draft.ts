import { definitionOf, type FieldKind, type TextField } from '../../../../../shared/client-fields.ts';
import { isTooMuchExtra } from '../../../../../shared/extra-columns.ts';
import type { AreaCodes } from '../columns/area-codes.ts';
import { firstEmail, isYearless, tagsOf, textsOf } from '../values/cells.ts';
import type { ClientColumn, Column } from '../columns/columns.ts';
import { parseByContract, parseExtraByContract, parseTagsByContract, ValueProblem } from '../values/contract-fields.ts';
import type { DateColumn } from '../values/dates.ts';
import { isMachineNull, isMask, isNoName, isNone, isNoText } from '../values/nulls.ts';
import type { PhoneLabels } from '../columns/phone-labels.ts';
import { isPhoneField, lacksAreaCode, type PhoneField, readNotedPhones, readPhones } from '../values/phones.ts';
import type { TableRecord } from '../records/records.ts';
import { excerpt, type ImportRow, type RejectedRow, type RowProblem, type RowProblemCode } from './row.ts';
import { RowPhones } from './row-phones.ts';
import { readers } from '../values/values.ts';

/** What reading a row needs to know about its file. */
export interface FileReading {
  readonly exact: boolean;
  /** Cells that cannot be read are kept as extra. */
  readonly withoutBadFields: boolean;
  readonly areaCodes: AreaCodes;
  readonly labels: PhoneLabels;
  readonly dates: DateColumn;
  /** Phone columns without a field. */
  readonly spares: ReadonlySet<Column>;
  /** Columns with names of firms, the best name first. */
  readonly firms: readonly Column[];
}

/** Kinds of fields with a format, besides phones; other software may leave an empty mask or a word for “none” in them. */
const formed: ReadonlySet<FieldKind> = new Set(['email', 'document', 'date', 'postalCode', 'state']);

const names: ReadonlySet<string> = new Set(['firstName', 'lastName', 'socialName', 'guardian.name']);

/** A row is nobody's without its name, and extra columns have nowhere else to go. */
const mayBeLeftOut = ({ meaning }: Column): boolean =>
  !['firstName', 'lastName', 'fullName', 'middleName', 'extra', 'extraObject'].includes(meaning);

/** Whether a cell means “nothing”, for fields without a format. */
const isNothing = (field: string, cell: string): boolean => (names.has(field) ? isNoName(cell) : isNoText(cell));

const cpfDigits = 11;

/** A row while its cells are read. */
export class Draft {
  readonly #record: TableRecord;
  readonly #file: FileReading;
  readonly #values: Partial<Record<TextField, string>> = {};
  readonly #problems: RowProblem[] = [];
  #tags: string[] | undefined;
  #extra: Record<string, string> | undefined;
  #splitName = false;
  #sharedPhone = false;
  #phoneStandsIn = false;
  #ownerEmail: string | undefined;
  #archivedAt: string | undefined;
  #leftOut = 0;
  #hasCompletedPhone = false;
  #middleName: { readonly column: Column; readonly cell: string } | undefined;
  #phones: RowPhones | undefined;
  /** Cells with phones in columns without a field. */
  readonly #spares = new Map<Column, string>();
  /** Cells with names of firms. */
  readonly #firms = new Map<Column, string>();

  constructor(record: TableRecord, file: FileReading) {
    this.#record = record;
    this.#file = file;
  }

  take(column: ClientColumn, cell: string): void {
    // A letter was lost in an earlier conversion.
    if (cell.includes('\ufffd')) {
      this.#refuse(column, 'damaged_text', cell);
      return;
    }
    const { meaning } = column;
    if (meaning === 'fullName') this.#takeFullName(column, cell);
    else if (meaning === 'middleName') this.#takeMiddleName(column, cell);
    else if (meaning === 'sharedPhone') this.#sharedPhone = /^(true|1|sim|s|yes|y)$/i.test(cell);
    else if (meaning === 'professionalEmail') this.#ownerEmail = cell.toLowerCase();
    else if (meaning === 'archivedAt') this.#takeArchived(column, cell);
    else if (meaning === 'tags') this.#takeTags(column, cell);
    else if (meaning === 'extra') this.#takeUnknown(column, cell);
    else if (meaning === 'extraObject') this.#takeExtra(column, textsOf(cell) ?? { [column.header]: cell }, cell);
    else if (isPhoneField(meaning)) this.#takePhones(column, meaning, cell);
    else if (meaning !== 'ignore' && meaning !== 'areaCode') this.#takeText(column, meaning, cell);
  }

  finish(): ImportRow | RejectedRow {
    const { line, cells } = this.#record;
    this.#placeMiddleName();
    this.#placeFirm();
    this.#placePhones();
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
      leftOut: this.#leftOut,
      hasCompletedPhone: this.#hasCompletedPhone,
      ownerEmail: this.#ownerEmail,
      archivedAt: this.#archivedAt,
    };
  }

  #refuse(column: Column, code: RowProblemCode, cell: string): void {
    if (this.#file.withoutBadFields && mayBeLeftOut(column) && this.#keepsInstead(column, cell)) return;
    this.#problems.push({ column: column.index + 1, code, value: excerpt(cell) });
  }

  /** Keeps a cell that its field cannot take. @returns whether it could be kept */
  #keepsInstead({ header }: Column, cell: string): boolean {
    const extra = { [header.slice(0, 100)]: cell };
    if (parseExtraByContract(extra) !== undefined) return false;
    this.#extra = { ...this.#extra, ...extra };
    this.#leftOut += 1;
    return true;
  }

  #takeText(column: Column, field: TextField, cell: string): void {
    const isFormed = formed.has(definitionOf(field).kind);
    if (isFormed ? isMask(cell) : !this.#file.exact && isNothing(field, cell)) return;
    const value = field === 'dateOfBirth' ? this.#readDate(cell) : readers[field](cell);
    if (value === undefined) return;
    if (typeof value === 'string') {
      this.#values[field] = value;
      return;
    }
    const email = field === 'email' ? firstEmail(cell) : undefined;
    if (email !== undefined) this.#values.email = email;
    if (email !== undefined || (field === 'dateOfBirth' && isYearless(cell))) this.#keep(column, cell);
    else if (!isFormed || !isNone(cell)) this.#refuse(column, value.code, cell);
  }

  #readDate(cell: string): string | undefined | ValueProblem {
    const { exact, dates } = this.#file;
    // Our own export may contain any date that a client can have.
    const own = exact ? parseByContract('dateOfBirth', cell) : undefined;
    return typeof own === 'string' ? own : dates.read(cell, this.#record.line);
  }

  #takePhones(column: Column, field: PhoneField, cell: string): void {
    if (isMask(cell)) return;
    const read = this.#readPhones(column, cell);
    if (read === undefined) return;
    const [first, ...further] = read;
    if (first === undefined) return;
    if ((field === 'phone' || field === 'secondaryPhone') && !this.#file.exact) {
      this.#addPhones(column, cell, read);
      return;
    }
    this.#values[field] = first;
    if (further.length > 0) this.#refuse(column, 'too_many_phones', cell);
  }

  /** Only in our own exports: elsewhere nobody knows what such a column means. */
  #takeArchived(column: Column, cell: string): void {
    if (!this.#file.exact) return;
    const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(cell);
    if (isInstant && Date.parse(cell) <= Date.now()) this.#archivedAt = cell;
    else this.#refuse(column, 'invalid_date', cell);
  }

  /** The numbers of a cell; undefined when it has none or was refused. */
  #readPhones(column: Column, cell: string): readonly string[] | undefined {
    const area = this.#file.areaCodes.find(column, this.#record.cells);
    const read = readPhones(cell, area);
    if (!(read instanceof ValueProblem)) {
      this.#noteCompleted(column, cell, read);
      return read;
    }
    if (isNone(cell)) return undefined;
    const noted = read.code === 'rounded_number' ? read : readNotedPhones(cell, area);
    if (noted instanceof ValueProblem) this.#refuse(column, read.code, cell);
    else this.#keep(column, cell);
    return noted instanceof ValueProblem ? undefined : noted;
  }

  #noteCompleted(column: Column, cell: string, [first = '']: readonly string[]): void {
    const { areaCodes } = this.#file;
    const { cells } = this.#record;
    if (!areaCodes.usesOneOfFile(column, cells) || !lacksAreaCode(cell)) return;
    if (first.startsWith(`+55${areaCodes.find(column, cells) ?? ''}`)) this.#hasCompletedPhone = true;
  }

  #addPhones(column: Column, cell: string, numbers: readonly string[]): void {
    const { labels } = this.#file;
    this.#phones ??= new RowPhones();
    this.#phones.add(column, cell, numbers, labels.isMobile(column, this.#record.cells));
    const own = labels.findOwn(column, this.#record.cells);
    if (own !== undefined) this.#keep(own.column, own.text);
  }

  #placePhones(): void {
    if (this.#phones === undefined) return;
    const { phone, secondaryPhone, standsIn, surplus, isDisplaced, spent } = this.#phones.place();
    if (phone !== undefined) this.#values.phone = phone;
    if (secondaryPhone !== undefined) this.#values.secondaryPhone = secondaryPhone;
    this.#phoneStandsIn = standsIn;
    for (const [column, cell] of this.#spares) if (!spent.has(column)) this.#keep(column, cell);
    if (surplus === undefined) return;
    if (isDisplaced) this.#keep(surplus.column, surplus.cell);
    else this.#refuse(surplus.column, 'too_many_phones', surplus.cell);
  }

  /** Keeps a column without a field under its name; a phone in it may be used as the client's phone. */
  #takeUnknown(column: Column, cell: string): void {
    if (!this.#file.exact && isMachineNull(cell)) return;
    if (this.#file.firms.includes(column)) {
      this.#firms.set(column, cell);
      return;
    }
    const numbers = this.#file.spares.has(column)
      ? readPhones(cell, this.#file.areaCodes.find(column, this.#record.cells))
      : undefined;
    if (numbers === undefined || numbers instanceof ValueProblem) {
      this.#keep(column, cell);
      return;
    }
    this.#spares.set(column, cell);
    this.#addPhones(column, cell, numbers);
  }

  #takeMiddleName(column: Column, cell: string): void {
    if (this.#file.exact || !isNoName(cell)) this.#middleName = { column, cell };
  }

  /** The middle name goes in front of the last name, like in a full name. */
  #placeMiddleName(): void {
    if (this.#middleName === undefined) return;
    const { column, cell } = this.#middleName;
    const { lastName } = this.#values;
    this.#splitName = true;
    this.#takeText(column, 'lastName', lastName === undefined ? cell : `${cell} ${lastName}`);
  }

  /** A firm is a client, too: it is the name of a row that has no other one, and nothing that only people have. */
  #placeFirm(): void {
    const { firstName, lastName, socialName, dateOfBirth, document } = this.#values;
    const isFirm = (firstName ?? lastName ?? socialName ?? dateOfBirth) === undefined && document?.length !== cpfDigits;
    const named = this.#file.firms.find((column) => isFirm && !isNone(this.#firms.get(column) ?? '-'));
    for (const [column, cell] of this.#firms) {
      if (column === named) this.#takeFullName(column, cell);
      else this.#keep(column, cell);
    }
  }

  #takeFullName(column: Column, cell: string): void {
    if (isNoName(cell)) return;
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

  /** Keeps a cell as extra, under the name of its column. */
  #keep(column: Column, cell: string): void {
    this.#takeExtra(column, { [column.header.slice(0, 100)]: cell }, cell);
  }

  #takeExtra(column: Column, extra: Readonly<Record<string, string>>, cell: string): void {
    const problem = parseExtraByContract(extra);
    if (problem === undefined) this.#extra = { ...this.#extra, ...extra };
    else this.#refuse(column, problem.code, cell);
  }
}
