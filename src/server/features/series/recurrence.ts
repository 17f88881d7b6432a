import { Temporal } from 'temporal-polyfill';
import type { SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import { lastDay } from '../../../shared/contracts/agenda/times.ts';
import { toInstant, toLocalTime } from '../../../shared/zoned-time.ts';

/** What a series repeats: its first appointment by the clinic's wall clock, and the rule. */
export interface Recurrence {
  /** `2026-12-01T14:30` */
  readonly localStart: string;
  /** IANA name */
  readonly timeZone: string;
  readonly rule: SeriesRule;
}

/** One date of a series. */
export interface Occurrence {
  /** Counts from 0, missing dates too. */
  readonly index: number;
  /** `YYYY-MM-DD`; when the month has no such day, the last day of it that comes close. */
  readonly date: string;
  readonly startAt: Date;
  /** The month has no such day: there is no 31 June, and rarely a fifth Monday. */
  readonly isMissing: boolean;
}

/** The most dates of a series: five years of weeks. */
export const mostDates = 260;

/**
 * The dates of a series in order: up to its end, or, of an open one, up to `through` (`YYYY-MM-DD`); none is after 2100. The wall time stays the same
 * across changes of summer time; one that a clock skips moves forward by the hour that was skipped (RFC 5545, section 3.3.5).
 */
export function* listOccurrences(recurrence: Recurrence, through: string): Generator<Occurrence> {
  const { count, until } = recurrence.rule;
  const isOpen = count === undefined && until === undefined;
  const end = until ?? (isOpen ? through : lastDay);
  const last = end < lastDay ? end : lastDay;
  for (let index = 0; index < (count ?? Infinity); index += 1) {
    const occurrence = findOccurrence(recurrence, index);
    if (occurrence.date > last) return;
    yield occurrence;
  }
}

/**
 * The date of a series with this index, whether or not the series has ended by then. Before the first date indexes are negative.
 */
export function findOccurrence({ localStart, timeZone, rule }: Recurrence, index: number): Occurrence {
  const place = placeDate(Temporal.PlainDate.from(localStart), rule, index);
  const date = place.date.toString();
  return { index, date, startAt: toInstant(`${date}${localStart.slice(10)}`, timeZone), isMissing: place.isMissing };
}

/** The index of the date that starts at an instant. @returns undefined when the series has no such date */
export function findIndex(recurrence: Recurrence, startAt: Date): number | undefined {
  const { localStart, timeZone, rule } = recurrence;
  const first = Temporal.PlainDate.from(localStart);
  // A skipped hour stays on its day, so the day of the start is the day of the date.
  const date = Temporal.PlainDate.from(toLocalTime(startAt, timeZone));
  const unit = rule.unit === 'week' ? 'weeks' : 'months';
  const distance =
    unit === 'weeks'
      ? first.until(date, { largestUnit: 'days' }).days / 7
      : (date.year - first.year) * 12 + date.month - first.month;
  const index = Math.round(distance / rule.every);
  return findOccurrence(recurrence, index).startAt.getTime() === startAt.getTime() ? index : undefined;
}

interface Place {
  readonly date: Temporal.PlainDate;
  readonly isMissing: boolean;
}

function placeDate(first: Temporal.PlainDate, { every, unit, on }: SeriesRule, index: number): Place {
  if (unit === 'week') return { date: first.add({ weeks: every * index }), isMissing: false };
  const month = first.toPlainYearMonth().add({ months: every * index });
  return on === 'nthWeekday' ? placeWeekday(month, first) : placeDay(month, first.day);
}

function placeDay(month: Temporal.PlainYearMonth, day: number): Place {
  return { date: month.toPlainDate({ day: Math.min(day, month.daysInMonth) }), isMissing: day > month.daysInMonth };
}

/** The weekday of `first` in its place of the month: the second Tuesday, the fifth Friday. */
function placeWeekday(month: Temporal.PlainYearMonth, first: Temporal.PlainDate): Place {
  const start = month.toPlainDate({ day: 1 });
  const earliest = 1 + ((first.dayOfWeek - start.dayOfWeek + 7) % 7);
  const day = earliest + 7 * Math.floor((first.day - 1) / 7);
  const isMissing = day > month.daysInMonth;
  return { date: month.toPlainDate({ day: isMissing ? day - 7 : day }), isMissing };
}
