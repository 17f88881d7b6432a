import { toInstant } from '../../../shared/zoned-time.ts';
import { invalidField } from '../../domain-error.ts';

interface AskedTimes {
  readonly startAt?: string | undefined;
  readonly localStart?: string | undefined;
  readonly endAt?: string | undefined;
  readonly durationMinutes?: number | undefined;
}

const minute = 60_000;
const shortest = 5 * minute;
const longest = 720 * minute;

/** The start that a request asks for; undefined when it asks for none. Seconds are cut off. */
export function readStart({ startAt, localStart }: AskedTimes, timeZone: string): Date | undefined {
  if (localStart !== undefined) return toInstant(localStart, timeZone);
  return startAt === undefined ? undefined : toWholeMinute(startAt);
}

const toWholeMinute = (instant: string): Date => new Date(Math.floor(Date.parse(instant) / minute) * minute);

/** The end that a request asks for; without one, after `usual` milliseconds. Throws invalid_request. */
export function readEnd(asked: AskedTimes, start: Date, usual: number): Date {
  const { endAt, durationMinutes } = asked;
  if (endAt === undefined)
    return new Date(start.getTime() + (durationMinutes === undefined ? usual : durationMinutes * minute));
  const end = toWholeMinute(endAt);
  const length = end.getTime() - start.getTime();
  if (length <= 0) throw invalidField('endAt', 'ends_before_start');
  if (length < shortest || length > longest) throw invalidField('endAt', 'invalid_length');
  return end;
}
