import { toLocalTime } from '../../../shared/zoned-time.ts';

interface Grid {
  /** Minutes between starts; the first of a day is at midnight. */
  readonly slotMinutes: number;
  readonly timeZone: string;
}

const minutesOfDay = 1440;

/** Finds offsets of a time zone, in minutes, and remembers them by the hour: they change at no other moments. */
function rememberOffsets(timeZone: string): (minute: number) => number {
  const known = new Map<number, number>();
  return (minute) => {
    const hour = Math.floor(minute / 15);
    let offset = known.get(hour);
    if (offset === undefined) {
      const wall = Date.parse(`${toLocalTime(new Date(minute * 60_000), timeZone)}Z`) / 60_000;
      offset = wall - minute;
      known.set(hour, offset);
    }
    return offset;
  };
}

/**
 * The starts on the clinic's grid at which a visit fits whole into one of the ranges. Ranges are `from, to, from, to, …`, all times
 * are minutes since 1970.
 */
export function listStarts(ranges: readonly number[], minutes: number, { slotMinutes, timeZone }: Grid): number[] {
  const offsetAt = rememberOffsets(timeZone);
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
