import type { DateOrder } from '../../../../../shared/import-choices.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';
import { type DateParts, datePartsOf } from './date-parts.ts';
import { FileProblem } from '../records/records.ts';

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const plain = /^(\d{4})-(\d\d)-(\d\d)$/;

// The first days of programs' calendars, which they write for “no date”: databases use year 1 or 1753, spreadsheets the days
// around 1900, others 1901 and 1904. Nobody alive was born then.
const beginnings: ReadonlySet<string> = new Set(
  '1899-12-30 1899-12-31 1900-01-00 1900-00-01 1900-01-01 1900-01-02 1901-01-01 1904-01-01'.split(' '),
);

function isBeginning(parts: DateParts): boolean {
  const date = textOf(parts);
  return beginnings.has(date) || (date < '1850' && /-0[01]-0[01]$/.test(date)) || date.startsWith('0000-');
}

const textOf = ({ year, month, day }: Pick<DateParts, 'year' | 'month' | 'day'>): string =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** Formats a date as `YYYY-MM-DD`. @returns why it is refused otherwise */
function dateOf(parts: DateParts): string | ValueProblem {
  const { year, month, day } = parts;
  const date = textOf(parts);
  const known = year >= '1850' && Number(year) < new Date().getUTCFullYear();
  const exists = isMonth(month) && Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month));
  return known && exists ? date : (parseByContract('dateOfBirth', date) ?? new ValueProblem('invalid_date'));
}

const isMonth = (number: string): boolean => Number(number) >= 1 && Number(number) <= 12;
const swapped = (parts: DateParts): DateParts => ({ ...parts, month: parts.day, day: parts.month });

/** Years that an appointment can be in, as in the contract. */
const years = { first: 2000, last: 2100 } as const;

/** Formats the day of an appointment. @returns why it is refused otherwise */
function appointmentDayOf({ year, month, day }: DateParts, cell: string): string | ValueProblem {
  // Two digits were completed as those of a birth, which is never ahead.
  const full = cell.includes(year) ? Number(year) : 2000 + (Number(year) % 100);
  const exists = isMonth(month) && Number(day) >= 1 && Number(day) <= daysOf(full, Number(month));
  return exists && full >= years.first && full <= years.last
    ? textOf({ year: String(full), month, day })
    : new ValueProblem('invalid_date');
}

/** The order of day and month, if only one makes a valid date. */
function orderOf({ day, month }: DateParts): DateOrder | undefined {
  const [first, second] = [Number(day), Number(month)];
  if (first > 12 && first <= 31 && isMonth(month)) return 'day';
  return isMonth(day) && second > 12 && second <= 31 ? 'month' : undefined;
}

/**
 * Reads the dates of a file, all in one order of day and month: the one that a person chose, or that a date shows
 * (`12/31/1980`). Until then dates are read in Brazil's order, day first.
 */
export class DateColumn {
  readonly #isChosen: boolean;
  #order: DateOrder | undefined;
  /** True when a date was read day first although both orders were possible. */
  #hasAssumed = false;

  /** `found` is the order that an earlier reading of the file has shown. */
  constructor(chosen: DateOrder | undefined, found?: DateOrder) {
    this.#isChosen = chosen !== undefined;
    this.#order = chosen ?? found;
  }

  /** The order in which dates are read; undefined until it matters. */
  get order(): DateOrder | undefined {
    return this.#order ?? (this.#hasAssumed ? 'day' : undefined);
  }

  /**
   * Reads a date of birth as `YYYY-MM-DD`; undefined for a value that stands for “no date”. Throws FileProblem `month_first` when
   * earlier dates were read in the wrong order, `mixed_dates` when the file has both orders.
   */
  read(cell: string, line: number): string | undefined | ValueProblem {
    // `YYYY-MM-DD` is not ambiguous.
    const parts = plain.test(cell) ? fixedParts(cell) : datePartsOf(cell);
    if (parts === undefined) return parseByContract('dateOfBirth', cell);
    const inOrder = this.#settle(parts, line);
    return inOrder === undefined || inOrder instanceof ValueProblem ? inOrder : dateOf(inOrder);
  }

  /** Reads the day of an appointment in the same way; it may be ahead. */
  readDay(cell: string, line: number): string | undefined | ValueProblem {
    const parts = plain.test(cell) ? fixedParts(cell) : datePartsOf(cell);
    if (parts === undefined) return new ValueProblem('invalid_date');
    const inOrder = this.#settle(parts, line);
    return inOrder === undefined || inOrder instanceof ValueProblem ? inOrder : appointmentDayOf(inOrder, cell);
  }

  #settle(parts: DateParts, line: number): DateParts | undefined | ValueProblem {
    if (isBeginning(parts) || (parts.isLoose && isBeginning(swapped(parts)))) return undefined;
    return parts.isLoose ? this.#inOrder(parts, line) : parts;
  }

  #inOrder(parts: DateParts, line: number): DateParts | ValueProblem {
    if (this.#isChosen) return this.#order === 'month' ? swapped(parts) : parts;
    const shown = orderOf(parts);
    if (shown !== undefined && shown !== this.#order) this.#learn(shown, line);
    if (this.#order === 'month') return swapped(parts);
    const isSame = Number(parts.day) === Number(parts.month);
    this.#hasAssumed ||= shown === undefined && !isSame;
    return parts.hasHalfDay && shown === undefined && !isSame ? new ValueProblem('ambiguous_date') : parts;
  }

  #learn(shown: DateOrder, line: number): void {
    if (this.#order !== undefined) throw new FileProblem('mixed_dates', { line });
    if (shown === 'month' && this.#hasAssumed) throw new FileProblem('month_first', { line });
    this.#order = shown;
  }
}

function fixedParts(date: string): DateParts {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day, isLoose: false, hasHalfDay: false };
}
