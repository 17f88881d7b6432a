import {
  type AppointmentColumn,
  areOfAppointments,
  haveNextAppointment,
  type NextAppointmentColumn,
} from '../../../../../shared/appointment-columns.ts';
import { multilineText } from '../../../../../shared/text.ts';
import type { Column } from '../columns/columns.ts';
import { ValueProblem } from '../values/contract-fields.ts';
import type { DateColumn } from '../values/dates.ts';
import { isMask, isNone, isNoText } from '../values/nulls.ts';
import { readStatus } from '../values/statuses.ts';
import { readMinutes, readSpan, splitMoment, type TimeSpan } from '../values/times.ts';
import {
  excerpt,
  type ImportRow,
  type ReadAppointment,
  type RejectedRow,
  type RowProblem,
  type RowProblemCode,
} from './row.ts';

type Meaning = AppointmentColumn | NextAppointmentColumn;

interface Cell {
  readonly column: Column;
  readonly text: string;
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The start of an appointment, or the column at fault. */
type ReadStart = { readonly start: string; readonly span: TimeSpan; readonly day: string } | RowProblem;

interface Options {
  readonly dates: DateColumn;
  /** Removes the marks of spreadsheets from a cell. */
  readonly plain: (raw: string) => string;
  readonly withoutBadFields: boolean;
}

const longestNotes = 5_000;
const notes = multilineText(longestNotes);
/** The most characters of a name in a column of names. */
const longestName = 200;

const oneLine = (text: string | undefined): string | undefined =>
  text
    ?.toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, longestName);

/** Reads what a row says about an appointment, beside its client. */
export class AppointmentReader {
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #isList: boolean;
  readonly #options: Options;

  private constructor(columns: readonly Column[], isList: boolean, options: Options) {
    this.#columns = new Map(columns.map((column) => [column.meaning, column]));
    this.#isList = isList;
    this.#options = options;
  }

  /** Undefined for a file that has nothing of appointments. */
  static of(columns: readonly Column[], options: Options): AppointmentReader | undefined {
    const isList = areOfAppointments(columns);
    return isList || haveNextAppointment(columns) ? new AppointmentReader(columns, isList, options) : undefined;
  }

  /** Adds the appointment to a row that was read. Throws FileProblem when dates of the file contradict each other. */
  complete(row: ImportRow | RejectedRow, record: Line): ImportRow | RejectedRow {
    return this.#isList ? this.#completeListed(row, record) : this.#completeClient(row, record);
  }

  /** A client comes in whatever the next appointment is; what cannot be read of it is kept as extra. */
  #completeClient(row: ImportRow | RejectedRow, record: Line): ImportRow | RejectedRow {
    if ('problems' in row) return row;
    const cell = this.#find('nextAppointment.date', record);
    if (cell === undefined) return row;
    const time = this.#find('nextAppointment.time', record);
    const read = this.#readStart(cell, time, record.line);
    const cells = time === undefined ? [cell] : [cell, time];
    const written = {
      column: cell.column.index + 1,
      text: cells.map(({ text }) => text).join(' '),
      extra: Object.fromEntries(cells.map(({ column, text }) => [column.header.slice(0, 100), text])),
    };
    return { ...row, next: 'code' in read ? { ...written, problem: read.code } : { ...written, start: read.start } };
  }

  #completeListed(row: ImportRow | RejectedRow, record: Line): ImportRow | RejectedRow {
    const problems: RowProblem[] = 'problems' in row ? [...row.problems] : [];
    // A total or a line that could not be divided has no appointment either.
    if (problems.some(({ column, code }) => column === 0 || code === 'missing_cells' || code === 'surplus_cells'))
      return row;
    const appointment = this.#readListed(record, problems);
    if (problems.length > 0 || 'problems' in row || appointment === undefined)
      return { line: record.line, cells: record.cells, problems };
    return { ...row, appointment };
  }

  #readListed(record: Line, problems: RowProblem[]): ReadAppointment | undefined {
    const date = this.#find('appointment.date', record);
    if (date === undefined) {
      const column = this.#columns.get('appointment.date');
      problems.push({ column: (column?.index ?? -1) + 1, code: 'day_missing', value: '' });
      return undefined;
    }
    const read = this.#readStart(date, this.#find('appointment.time', record), record.line);
    if ('code' in read) {
      problems.push(read);
      return undefined;
    }
    const refuse = (cell: Cell, code: RowProblemCode): void => {
      if (!this.#options.withoutBadFields) problems.push(problemOf(cell, code));
    };
    const refuseAs =
      (code: RowProblemCode) =>
      (cell: Cell): void => {
        refuse(cell, code);
      };
    const text = (meaning: Meaning): string | undefined => oneLine(this.#find(meaning, record)?.text);
    return dropUndefined({
      start: read.start,
      end: this.#readEnd(record, read, refuse),
      minutes: this.#convert('appointment.minutes', record, readMinutes, refuseAs('invalid_length')),
      status: this.#convert('appointment.status', record, readStatus, refuseAs('unknown_status')),
      professional: text('appointment.professional'),
      visitType: text('appointment.visitType'),
      room: text('appointment.room'),
      notes: this.#convert('appointment.notes', record, readNotes, (cell) => {
        refuse(cell, cell.text.length > longestNotes ? 'too_long' : 'invalid_text');
      }),
    });
  }

  #convert<Value>(
    meaning: Meaning,
    record: Line,
    read: (text: string) => Value | undefined,
    refuse: (cell: Cell) => void,
  ): Value | undefined {
    const cell = this.#find(meaning, record);
    if (cell === undefined) return undefined;
    const value = read(cell.text);
    if (value === undefined) refuse(cell);
    return value;
  }

  /** The end of the span in the start's own cell, or the end's column: a time of that day, or with a day of its own. */
  #readEnd(
    record: Line,
    { day, span }: Exclude<ReadStart, RowProblem>,
    refuse: (cell: Cell, code: RowProblemCode) => void,
  ): string | undefined {
    const cell = this.#find('appointment.end', record);
    if (cell === undefined) return span.end === undefined ? undefined : endOf(day, span.start, span.end);
    const alone = readSpan(cell.text);
    if (alone !== undefined) return endOf(day, span.start, alone.start);
    const moment = splitMoment(cell.text);
    const endDay = this.#options.dates.readDay(moment.day, record.line);
    if (typeof endDay !== 'string' || moment.span === undefined) {
      refuse(cell, 'invalid_time');
      return undefined;
    }
    return `${endDay}T${moment.span.start}${moment.offset ?? ''}`;
  }

  #readStart(date: Cell, time: Cell | undefined, line: number): ReadStart {
    const moment = splitMoment(date.text);
    const day = this.#options.dates.readDay(moment.day, line);
    if (day === undefined) return problemOf(date, 'day_missing');
    if (day instanceof ValueProblem) return problemOf(date, day.code);
    const span = time === undefined ? moment.span : readSpan(time.text);
    if (span === undefined) return problemOf(time ?? date, time === undefined ? 'time_missing' : 'invalid_time');
    const offset = time === undefined ? (moment.offset ?? '') : '';
    return { start: `${day}T${span.start}${offset}`, span, day };
  }

  /** The cell of a column; undefined when it is empty or says that there is nothing. */
  #find(meaning: Meaning, { cells }: Line): Cell | undefined {
    const column = this.#columns.get(meaning);
    const text = column === undefined ? '' : this.#options.plain(cells[column.index] ?? '');
    const isEmpty = formed.has(meaning) ? isMask(text) || isNone(text) : isNoText(text);
    return column === undefined || text === '' || isEmpty ? undefined : { column, text };
  }
}

/** Columns whose values have a form, so that a word for “none” is no value. */
const formed: ReadonlySet<Meaning> = new Set<Meaning>([
  ...(['nextAppointment.date', 'appointment.date', 'appointment.end', 'appointment.minutes'] as const),
]);

const problemOf = ({ column, text }: Cell, code: RowProblemCode): RowProblem => ({
  column: column.index + 1,
  code,
  value: excerpt(text),
});

const readNotes = (text: string): string | undefined => {
  const result = notes.safeParse(text);
  return result.success ? result.data : undefined;
};

/** A visit that ends at midnight ends with its day. */
const endOf = (day: string, start: string, end: string): string =>
  end === '00:00' && start !== '00:00' ? `${day}T24:00` : `${day}T${end}`;

const dropUndefined = (read: { readonly [Key in keyof ReadAppointment]: ReadAppointment[Key] | undefined }) =>
  Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as unknown as ReadAppointment;
