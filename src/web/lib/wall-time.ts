import { addDays, toLocalTime, weekdayOf } from '../../shared/zoned-time.ts';

/** Plain dates `YYYY-MM-DD` and times of the clinic's wall clock `YYYY-MM-DDTHH:mm`, as the agenda's answers have them. */

const minutesPerDay = 24 * 60;
/** An instant on the wall clock of a time zone: `2026-12-01T14:30`. */
export const toWallTime = (instant: string, timeZone: string): string => toLocalTime(new Date(instant), timeZone);

export const dayOf = (wallTime: string): string => wallTime.slice(0, 10);
export const clockOf = (wallTime: string): string => wallTime.slice(11, 16);

const toUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Days from one plain date to another. */
export const countDays = (from: string, to: string): number => Math.round((toUtc(to) - toUtc(from)) / 86_400_000);

/** The same day so many months later, or the last one of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export const startOfWeek = (day: string): string => addDays(day, 1 - weekdayOf(day));

export const startOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** Minutes from the start of a day to a wall time, which may be on another day. */
export function minutesSince(day: string, wallTime: string): number {
  const [hours = 0, minutes = 0] = clockOf(wallTime).split(':').map(Number);
  return countDays(day, dayOf(wallTime)) * minutesPerDay + hours * 60 + minutes;
}

/** Minutes from the start of a day as a clock shows them: `14:30`, at the end of the day `24:00`. */
export const formatClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The wall time so many minutes after the start of a day. */
export function wallTimeAt(day: string, minutes: number): string {
  const days = Math.floor(minutes / minutesPerDay);
  return `${addDays(day, days)}T${formatClock(minutes - days * minutesPerDay)}`;
}
