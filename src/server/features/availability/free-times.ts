import { addDays } from '../../../shared/zoned-time.ts';

const dayOf = (edge: string): string => edge.slice(0, 10);

/** Every day that a window may touch in whichever time zone. */
export function daysAround(from: string, to: string): string[] {
  const last = addDays(dayOf(to), 1);
  const days: string[] = [];
  for (let day = addDays(dayOf(from), -1); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
