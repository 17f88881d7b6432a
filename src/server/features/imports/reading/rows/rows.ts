import { unguardFormulas } from '../../../../../shared/formula-guard.ts';
import type { DateOrder } from '../../../../../shared/import-choices.ts';
import { AreaCodes } from '../columns/area-codes.ts';
import { AppointmentReader } from './appointment-reader.ts';
import { bareValue } from '../values/bare-value.ts';
import { type ClientColumn, type Column, isOfClient } from '../columns/columns.ts';
import { firmColumns } from '../columns/firm-names.ts';
import { DateColumn } from '../values/dates.ts';
import { Draft, type FileReading } from './draft.ts';
import { isFooter, isHeaderAgain } from './footers.ts';
import { isSparePhone, PhoneLabels } from '../columns/phone-labels.ts';
import { isBlank, type TableRecord } from '../records/records.ts';
import { isInvisible } from '../../../../../shared/text.ts';
import { excerpt, type ImportRow, type RejectedRow, type RowProblem } from './row.ts';

export type {
  AppointmentProblemCode,
  ImportRow,
  NextAppointment,
  ReadAppointment,
  RejectedRow,
  RowProblem,
  RowProblemCode,
} from './row.ts';

// The apostrophe that exports put in front of formulas, so that spreadsheets do not run them (OWASP, CSV injection).
const guarded = /^'(?='*[=+\-@\t\r])/;
/** `'00123`: the apostrophe keeps a spreadsheet from reading a text as a number. */
const forced = /^'(?=[\d(])/;

export interface RowOptions {
  /** For our own export: cells are taken literally, with outer spaces. */
  readonly exact: boolean;
  /** Rows may end after their last filled cell, as in a spreadsheet. */
  readonly ragged: boolean;
  /** For phones without an area code. */
  readonly areaCode?: string | undefined;
  /** The file's delimiter. */
  readonly delimiter?: string | undefined;
  /** A cell that cannot be read is kept as extra instead of refusing the row; names are not. */
  readonly withoutBadFields?: boolean | undefined;
  /** The order of day and month that a person chose. */
  readonly dateOrder?: DateOrder | undefined;
  /** The order of day and month that an earlier reading found. */
  readonly foundDateOrder?: DateOrder | undefined;
}

/** Turns records into rows by the meanings of the columns. Use one for a whole file, because it learns the order of dates. */
export class RowReader {
  readonly #columns: readonly ClientColumn[];
  readonly #header: readonly string[] | undefined;
  readonly #width: number;
  readonly #options: RowOptions;
  readonly #reading: FileReading;
  readonly #appointments: AppointmentReader | undefined;

  constructor(columns: readonly Column[], options: RowOptions, header?: readonly string[]) {
    this.#columns = columns.filter(isOfClient).filter(({ meaning }) => meaning !== 'ignore' && meaning !== 'areaCode');
    this.#header = header;
    this.#width = columns.length;
    this.#options = options;
    this.#reading = {
      exact: options.exact,
      withoutBadFields: options.withoutBadFields === true,
      areaCodes: new AreaCodes(columns, options.areaCode),
      labels: new PhoneLabels(columns),
      dates: new DateColumn(options.dateOrder, options.foundDateOrder),
      spares: new Set(options.exact ? [] : columns.filter(isSparePhone)),
      firms: options.exact ? [] : firmColumns(columns),
    };
    this.#appointments = AppointmentReader.of(columns, {
      dates: this.#reading.dates,
      plain: plainCell,
      withoutBadFields: this.#reading.withoutBadFields,
    });
  }

  /** The order in which dates are read; undefined until a date shows it. */
  get dateOrder(): DateOrder | undefined {
    return this.#reading.dates.order;
  }

  /** Whether the order has to be stated for rows taken out of the file: it was chosen, or is not Brazil's. */
  get saysDateOrder(): boolean {
    return this.#options.dateOrder !== undefined || this.dateOrder === 'month';
  }

  /** Whether a record is no client: it is empty or repeats the header. */
  isNothing(record: TableRecord): boolean {
    return isBlank(record) || (this.#header !== undefined && isHeaderAgain(record, this.#header));
  }

  /** Reads a record. Throws FileProblem when dates of the file contradict each other. */
  read(record: TableRecord): ImportRow | RejectedRow {
    const shape = this.#shapeProblem(record);
    if (shape !== undefined) return { line: record.line, cells: record.cells, problems: [shape] };
    const draft = new Draft(record, this.#reading);
    for (const column of this.#columns) {
      const raw = record.cells[column.index];
      if (raw === undefined || raw === '') continue;
      const cell = this.#options.exact ? unguardFormulas(raw, this.#options.delimiter) : plainCell(raw);
      if (!isInvisible(cell)) draft.take(column, cell);
    }
    const draftRow = draft.finish();
    const row = this.#options.exact ? draftRow : this.#withoutFooter(draftRow, record);
    return this.#appointments === undefined ? row : this.#appointments.complete(row, record);
  }

  /** Rejects footers, and rows that are too short to identify a client. */
  #withoutFooter(row: ImportRow | RejectedRow, { line, cells }: TableRecord): ImportRow | RejectedRow {
    if (!('problems' in row)) {
      const { phone, email, document, dateOfBirth } = row.values;
      if ((phone ?? email ?? document ?? dateOfBirth) !== undefined) return row;
    }
    if (isFooter(cells))
      return { line, cells, problems: [{ column: 0, code: 'not_a_client', value: excerpt(cells.join(' ').trim()) }] };
    // For example the rest of a text that contains an unquoted line break.
    if (cells.length < this.#width && !this.#options.ragged && !('problems' in row))
      return { line, cells, problems: [{ column: cells.length + 1, code: 'missing_cells', value: '' }] };
    return row;
  }

  #shapeProblem({ cells, broken }: TableRecord): RowProblem | undefined {
    if (broken !== undefined) return { column: broken.column, code: broken.code, value: excerpt(cells[0] ?? '') };
    if (cells.length < this.#width && !this.#options.ragged && this.#options.exact)
      return { column: cells.length + 1, code: 'missing_cells', value: '' };
    if (cells.length <= this.#width) return undefined;
    const surplus = cells.findIndex((cell, index) => index >= this.#width && cell.trim() !== '');
    if (surplus < 0) return undefined;
    return { column: surplus + 1, code: 'surplus_cells', value: excerpt(cells[surplus] ?? '') };
  }
}

/** Removes the marks that keep spreadsheets from changing or running a cell. */
function plainCell(raw: string): string {
  const text = raw.trim();
  const code = text.charCodeAt(0);
  if (code === 39) return text.replace(guarded, '').replace(forced, '').trim();
  return code === 61 ? bareValue(text).trim() : text;
}
