import { completeBirthYear } from '../../../../../shared/birth-year.ts';
import { plainSpelling } from '../../../../../shared/plain-spelling.ts';
import { isWeekday, monthOf } from './months.ts';
import { dateOfSerial } from './serial-date.ts';

/** The parts of a date, as digits. */
export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** True when only the order tells day and month apart, so they may be swapped. */
  readonly isLoose: boolean;
  /** True when a time with AM or PM follows, as software from the United States writes it. */
  readonly hasHalfDay: boolean;
}

/** The most characters of a date. */
const longest = 80;
const time =
  /,?(?: |T)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?([ap])\.?m\.?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/i;
const yearFirst = /^(\d{4}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,2})$/;
const yearLast = /^(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d\d)$/;
const serial = /^(?:\d{5}(?:[.,]\d{1,12})?|[012](?:[.,]0{1,2})?)$/;

const wholeYear = (year: string): string => completeBirthYear(year, new Date().getUTCFullYear());

/** Parses a date as people and software write it. @returns undefined for other text */
export function datePartsOf(cell: string): DateParts | undefined {
  if (cell.length > longest) return undefined;
  const text = plainSpelling(cell).replace(/\s+/g, ' ');
  const clock = time.exec(text);
  const day = clock === null ? text : text.slice(0, clock.index);
  const parts = numericParts(day.replace(weekday, beforeDate)) ?? namedParts(day);
  return parts && { ...parts, hasHalfDay: clock?.[1] !== undefined };
}

/** A weekday in front of a date, such as `Qua 31/12/1980`. */
const weekday = /^(\p{L}{3,13})(?:-feira)?\.?,? (?=\d)/u;
const beforeDate = (found: string, word: string): string => (isWeekday(word) ? '' : found);

type Parts = Omit<DateParts, 'hasHalfDay'>;

const fixed = (year = '', month = '', day = ''): Parts => ({ year: wholeYear(year), month, day, isLoose: false });
const loose = (day = '', month = '', year = ''): Parts => ({ year: wholeYear(year), month, day, isLoose: true });

function numericParts(text: string): Parts | undefined {
  const last = yearLast.exec(text);
  if (last !== null) return loose(last[1], last[2], last[3]);
  const first = yearFirst.exec(text);
  if (first !== null) return fixed(first[1], first[2], first[3]);
  if (/^\d{7,8}$/.test(text)) return compactParts(text);
  if (!serial.test(text)) return undefined;
  const [year, month, day] = dateOfSerial(Number(text.replace(',', '.'))).split('-');
  return fixed(year, month, day);
}

/** `19840307`, `07031984`, or `7031984` after a spreadsheet. Never ambiguous, because 19 and 20 are no months. */
function compactParts(text: string): Parts {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(4, 6));
  if (text.length === 8 && year >= 1850 && year <= 2100 && month >= 1 && month <= 12)
    return fixed(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  return loose(text.slice(0, -6), text.slice(-6, -4), text.slice(-4));
}

/** Words between the parts of a date, and endings of ordinal numbers. */
const fillers = new Set(['de', 'do', 'del', 'of', 'the', 'st', 'nd', 'rd', 'th', 'o', 'feira', 'dia']);

/** `5 de março de 1980`, `quarta-feira, 31/dez/80`, `December 31st, 1980`, `1980-Dec-31`. */
function namedParts(text: string): Parts | undefined {
  if (!/^[\p{L}\p{M}\d\s,./º°ª’'-]*$/u.test(text)) return undefined;
  const words = (text.match(/\d+|\p{L}[\p{L}\p{M}]*/gu) ?? []).filter(
    (word) => !fillers.has(word.toLowerCase()) && word !== 'º' && word !== 'ª',
  );
  // “Mar” may be March or martes (Tuesday); with four words it is the weekday.
  if (words.length > 3 && isWeekday(words[0] ?? '')) words.shift();
  const [one = '', two = '', three = ''] = words;
  if (words.length !== 3) return undefined;
  const isNumber = (word: string): boolean => /^\d{1,4}$/.test(word);
  if (isNumber(two) && isNumber(three)) {
    const month = monthOf(one);
    if (month !== undefined) return partsWith(month, two, three);
    return undefined;
  }
  const month = monthOf(two);
  if (month === undefined || !isNumber(one) || !isNumber(three)) return undefined;
  return one.length === 4 ? partsWith(month, three, one) : partsWith(month, one, three);
}

const partsWith = (month: string, day: string, year: string): Parts | undefined =>
  day.length <= 2 && (year.length === 2 || year.length === 4) ? fixed(year, month, day) : undefined;
