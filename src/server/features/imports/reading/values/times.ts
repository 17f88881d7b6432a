import { foldText } from '../../../../../shared/fold-text.ts';
import { plainSpelling } from '../../../../../shared/plain-spelling.ts';

/** The most characters of a time, or of a day with a time. */
const longest = 80;
/** `14:30`, `14h30`, `14h`, `14:30:00`, `2:30 pm`, `14.30`. */
const clock =
  /^(\d{1,2}) ?(?:[:h.] ?(\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?)? ?(?:h|hs|hrs|horas?|min)?(?: ?([ap])\.?m\.?)?$/;
/** `1430`, `0830`. */
const compact = /^(\d{1,2})(\d{2})$/;
/** A spreadsheet's part of a day. */
const fraction = /^0?[.,]\d{1,17}$/;

const format = (hour: number, minute: number): string | undefined =>
  hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined;

/** The time `HH:MM` of a part of a day; a minute is rounded, because spreadsheets store 14:30 as 0.60416667. */
function timeOfFraction(text: string): string | undefined {
  const minutes = Math.round(Number(text.replace(',', '.')) * 1440);
  return format(Math.floor(minutes / 60), minutes % 60);
}

/** Reads a time of day as `HH:MM`. @returns undefined for other text */
export function readTime(cell: string): string | undefined {
  if (cell.length > longest) return undefined;
  const text = foldText(plainSpelling(cell)).replace(/^(?:as|at|from) /, '');
  if (fraction.test(text)) return timeOfFraction(text);
  const [, hours = '', minutes = '0', half] = clock.exec(text) ?? compact.exec(text) ?? [];
  if (hours === '') return undefined;
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  return format(half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0), Number(minutes));
}

export interface TimeSpan {
  readonly start: string;
  readonly end: string | undefined;
}

/** Reads a time, or a span such as `14:30 às 15:20`. @returns undefined for other text */
export function readSpan(cell: string): TimeSpan | undefined {
  if (cell.length > longest) return undefined;
  const text = foldText(plainSpelling(cell)).replace(/^das /, '');
  const parts = text.split(/ ?- ?| (?:as|ate|a|to) /);
  const [start, end] = parts.map(readTime);
  if (start === undefined || parts.length > 2) return undefined;
  if (parts.length === 2 && end === undefined) return undefined;
  return { start, end };
}

interface Moment {
  /** As it stands in the cell, to be read as a day. */
  readonly day: string;
  readonly span: TimeSpan | undefined;
  /** `Z` or `-03:00`, if the time is not simply the clinic's. */
  readonly offset: string | undefined;
}

/** `2026-12-10T14:30:00.000-03:00`, as programs write it. */
const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?$/i;
/** A time after a day, with nothing between them but a blank and perhaps a word. */
const timeAfterDay = /^(.{6,40}?)(?:,? | ?- )((?:[àa]s |das )?\d{1,2}[:h].{0,30})$/iu;
/** A spreadsheet's count of days, with a part of one. */
const serial = /^(\d{5})([.,]\d{1,12})$/;

/** Divides a cell such as `10/12/2026 14:30`, `2026-12-10T14:30:00-03:00` or `46366,604` into its day and its time. */
export function splitMoment(cell: string): Moment {
  const text = cell.length > longest ? '' : plainSpelling(cell).replace(/\s+/g, ' ');
  const [, date, clockTime = '', zone] = iso.exec(text) ?? [];
  if (date !== undefined) return momentOf(date, { start: clockTime, end: undefined }, zone && offsetOf(zone));
  const [, days, part = ''] = serial.exec(text) ?? [];
  if (days !== undefined) return momentOf(days, readSpan(`0${part}`));
  const [, day = '', time] = timeAfterDay.exec(text) ?? [];
  const span = time === undefined ? undefined : readSpan(time);
  if (span === undefined) return momentOf(text || cell, undefined);
  // Tells the column of dates that a program of the United States may have written it (dates.ts).
  return momentOf(/[ap]\.?m\.?$/i.test(text) ? `${day} 12:00 PM` : day, span);
}

/** Programs write the first minute of a day where they have no time. */
function momentOf(day: string, span: TimeSpan | undefined, offset?: string): Moment {
  const isNone = span?.start === '00:00' && span.end === undefined;
  return { day, span: isNone ? undefined : span, offset };
}

const offsetOf = (zone: string): string =>
  /^[a-z]/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;

/** Reads a length such as `50`, `50 min`, `1h30` or `00:50` in minutes. @returns undefined for other text */
export function readMinutes(cell: string): number | undefined {
  const text = foldText(plainSpelling(cell));
  const plain = /^(\d{1,3})(?:[.,]0{1,2})? ?(?:m|min|mins|minutos?|minutes?|')?$/.exec(text);
  if (plain !== null) return Number(plain[1]);
  const time = readTime(text);
  return time === undefined ? undefined : Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
