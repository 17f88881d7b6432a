const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** The wall time of an instant as if it were UTC, in milliseconds. */
function wallMilliseconds(instant: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterFor(timeZone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (instant: number, timeZone: string): number =>
  wallMilliseconds(instant, timeZone) - Math.floor(instant / 1000) * 1000;

/** The wall time `2026-12-01T14:30` of an instant in an IANA time zone; seconds are cut off. */
export const toLocalTime = (instant: Date, timeZone: string): string =>
  new Date(wallMilliseconds(instant.getTime(), timeZone)).toISOString().slice(0, 16);

/** The day `YYYY-MM-DD` of an instant in a time zone. */
export const toLocalDate = (instant: Date, timeZone: string): string => toLocalTime(instant, timeZone).slice(0, 10);

const day = 86_400_000;

/**
 * The instant of a wall time `2026-12-01T14:30`. As RFC 5545 has it, a time that occurs twice is the first one, and one that a
 * clock change skips is read with the offset before the change: 00:30 in a skipped hour is 01:30.
 */
export function toInstant(localTime: string, timeZone: string): Date {
  const wall = Date.parse(`${localTime}Z`);
  const before = offsetAt(wall - day, timeZone);
  const after = offsetAt(wall + day, timeZone);
  const matching = [before, after].map((offset) => wall - offset).filter((at) => at + offsetAt(at, timeZone) === wall);
  return new Date(matching.length > 0 ? Math.min(...matching) : wall - before);
}

/** The first moment of a day `YYYY-MM-DD`; where a clock change skips midnight, the end of the change. */
export const startOfDay = (date: string, timeZone: string): Date => toInstant(`${date}T00:00`, timeZone);

/** The day so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * day).toISOString().slice(0, 10);

/** The weekday of a day, ISO 8601: 1 is Monday, 7 is Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00Z`).getUTCDay() || 7;
