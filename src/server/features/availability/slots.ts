import { toLocalTime } from '../../../shared/zoned-time.ts';

/** Where visits may start. One for all professionals of an answer, because it remembers what it found out. */
export interface Grid {
  /** Minutes between starts; the first of a day is at midnight. */
  readonly slotMinutes: number;
  /** Minutes by which the clinic's wall clock is ahead of UTC, at a minute since 1970. */
  readonly offsetAt: (minute: number) => number;
}

const minutesOfDay = 1440;

/** The grid of a clinic. */
export const makeGrid = (slotMinutes: number, timeZone: string): Grid => ({
  slotMinutes,
  offsetAt: rememberOffsets(timeZone),
});

/** Asks the time zone twice a day, and more often only on a day on which the clocks change. */
function rememberOffsets(timeZone: string): (minute: number) => number {
  const days = new Map<number, number | undefined>();
  const read = (minute: number): number =>
    Date.parse(`${toLocalTime(new Date(minute * 60_000), timeZone)}Z`) / 60_000 - minute;
  return (minute) => {
    const day = Math.floor(minute / minutesOfDay);
    if (!days.has(day)) {
      const [first, last] = [read(day * minutesOfDay), read((day + 1) * minutesOfDay)];
      days.set(day, first === last ? first : undefined);
    }
    return days.get(day) ?? read(minute);
  };
}

/**
 * The starts on the clinic's grid at which a visit fits whole into one of the ranges. Ranges are `from, to, from, to, …`, all times
 * are minutes since 1970.
 */
export function listStarts(ranges: readonly number[], minutes: number, { slotMinutes, offsetAt }: Grid): number[] {
  const starts: number[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [from = 0, to = 0] = [ranges[index], ranges[index + 1]];
    let start = from;
    while (start + minutes <= to) {
      const wall = start + offsetAt(start);
      const minuteOfDay = ((wall % minutesOfDay) + minutesOfDay) % minutesOfDay;
      const past = minuteOfDay % slotMinutes;
      if (past === 0) starts.push(start);
      // The next place on the grid, or midnight, where the grid begins anew.
      start += Math.min(slotMinutes - past, minutesOfDay - minuteOfDay);
    }
  }
  return starts;
}
