import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import { findIndex, findOccurrence, listOccurrences, type Recurrence } from './recurrence.ts';

const day = 86_400_000;
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const list = (recurrence: Recurrence, through = '2030-12-31') => [...listOccurrences(recurrence, through)];
const series = (localStart: string, rule: SeriesRule, timeZone = 'America/Sao_Paulo'): Recurrence => ({
  localStart,
  timeZone,
  rule,
});
const shown = (recurrence: Recurrence, through?: string): string[] =>
  list(recurrence, through).map(({ date, isMissing }) => (isMissing ? `${date} missing` : date));

describe('the dates of a rule', () => {
  it('repeats every week, and every two weeks', () => {
    expect(shown(series('2026-12-01T14:30', { every: 1, unit: 'week', count: 3 }))).toEqual([
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
    ]);
    expect(shown(series('2026-12-21T08:00', { every: 2, unit: 'week', until: '2027-01-18' }))).toEqual([
      '2026-12-21',
      '2027-01-04',
      '2027-01-18',
    ]);
  });

  it('ends with the year 2100, as agendas do', () => {
    expect(shown(series('2099-06-01T09:00', { every: 12, unit: 'month', count: 4 }))).toEqual([
      '2099-06-01',
      '2100-06-01',
    ]);
    expect(shown(series('2100-12-24T09:00', { every: 1, unit: 'week' }), '2101-06-01')).toEqual([
      '2100-12-24',
      '2100-12-31',
    ]);
  });

  it('repeats on a day of the month, and names the months that have no such day', () => {
    expect(shown(series('2027-12-31T09:00', { every: 1, unit: 'month', on: 'day', count: 5 }))).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29 missing',
      '2028-03-31',
      '2028-04-30 missing',
    ]);
  });

  it('repeats on the nth weekday of the month, and names the months without a fifth one', () => {
    expect(shown(series('2026-12-08T09:00', { every: 1, unit: 'month', on: 'nthWeekday', count: 3 }))).toEqual([
      '2026-12-08',
      '2027-01-12',
      '2027-02-09',
    ]);
    expect(shown(series('2026-12-29T09:00', { every: 1, unit: 'month', on: 'nthWeekday', count: 4 }))).toEqual([
      '2026-12-29',
      '2027-01-26 missing',
      '2027-02-23 missing',
      '2027-03-30',
    ]);
  });

  it('ends an open series at the date that is asked for', () => {
    expect(shown(series('2026-12-01T14:30', { every: 1, unit: 'week' }), '2026-12-14')).toEqual([
      '2026-12-01',
      '2026-12-08',
    ]);
  });
});

describe('the time of each date', () => {
  it('keeps the wall time when summer time begins and ends', () => {
    const starts = (timeZone: string, localStart: string) =>
      list(series(localStart, { every: 1, unit: 'week', count: 2 }, timeZone)).map(({ startAt }) =>
        startAt.toISOString(),
      );
    // Brazil had summer time until 2019.
    expect(starts('America/Sao_Paulo', '2018-10-29T14:30')).toEqual([
      '2018-10-29T17:30:00.000Z',
      '2018-11-05T16:30:00.000Z',
    ]);
    expect(starts('America/Sao_Paulo', '2019-02-11T14:30')).toEqual([
      '2019-02-11T16:30:00.000Z',
      '2019-02-18T17:30:00.000Z',
    ]);
    expect(starts('America/Manaus', '2018-10-29T14:30')).toEqual([
      '2018-10-29T18:30:00.000Z',
      '2018-11-05T18:30:00.000Z',
    ]);
  });

  it('moves a time that the clock skips forward by the hour that is skipped, and takes the first of one that comes twice', () => {
    const sundays = list(series('2018-10-28T00:15', { every: 1, unit: 'week', count: 3 }));
    // On 4 November 2018 the clock went from 00:00 to 01:00.
    expect(sundays.map(({ date, startAt }) => `${date} ${startAt.toISOString()}`)).toEqual([
      '2018-10-28 2018-10-28T03:15:00.000Z',
      '2018-11-04 2018-11-04T03:15:00.000Z',
      '2018-11-11 2018-11-11T02:15:00.000Z',
    ]);
    // On 16 February 2019 the clock went from 24:00 back to 23:00.
    const [twice] = list(series('2019-02-16T23:30', { every: 1, unit: 'week', count: 1 }));
    expect(twice?.startAt.toISOString()).toBe('2019-02-17T01:30:00.000Z');
  });
});

const zones = ['America/Sao_Paulo', 'America/Noronha', 'America/Manaus', 'America/Rio_Branco', 'Europe/Lisbon'];
const minute = fc.integer({ min: 0, max: 1439 });
const localStart = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), minute)
  .map(([offset, at]) => new Date(Date.UTC(1990, 0, 1) + offset * day + at * 60_000).toISOString().slice(0, 16));
const every = fc.integer({ min: 1, max: 12 });
const rule: fc.Arbitrary<SeriesRule> = fc.oneof(
  every.map((times) => ({ every: times, unit: 'week' as const })),
  fc
    .tuple(every, fc.constantFrom('day' as const, 'nthWeekday' as const))
    .map(([times, on]) => ({ every: times, unit: 'month' as const, on })),
);
const recurrence = fc
  .tuple(localStart, rule, fc.constantFrom(...zones))
  .map(([start, of, timeZone]): Recurrence => series(start, of, timeZone));

/** The dates of a rule, found by looking at every day, without any arithmetic of the generator. */
function findDatesByWalking(
  { localStart: start, rule: { every: times, unit, on } }: Recurrence,
  days: number,
): string[] {
  const first = utc(start.slice(0, 10));
  const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const placeOf = (date: Date): number => Math.ceil(date.getUTCDate() / 7);
  const matches = (date: Date, offset: number): boolean => {
    if (unit === 'week') return offset % (7 * times) === 0;
    if ((monthOf(date) - monthOf(first)) % times !== 0) return false;
    return on === 'nthWeekday'
      ? date.getUTCDay() === first.getUTCDay() && placeOf(date) === placeOf(first)
      : date.getUTCDate() === first.getUTCDate();
  };
  return Array.from({ length: days }, (_, offset) => new Date(first.getTime() + offset * day))
    .filter(matches)
    .map((date) => dateOf(date.getTime()));
}

describe('for every rule, start and zone', () => {
  it('lists exactly the days that the rule describes, as found by walking through the calendar', () => {
    fc.assert(
      fc.property(recurrence, (of) => {
        const days = 1200;
        const through = dateOf(utc(of.localStart.slice(0, 10)).getTime() + (days - 1) * day);
        const dates = list(of, through).filter(({ isMissing }) => !isMissing);
        expect(dates.map(({ date }) => date)).toEqual(findDatesByWalking(of, days));
      }),
      { numRuns: 150 },
    );
  });

  it('goes forward, one date for each step, and a missing one stays within its month', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 1, max: 120 }), (of, count) => {
        fc.pre(findOccurrence(of, count - 1).date <= '2100-12-31');
        const dates = list({ ...of, rule: { ...of.rule, count } });
        expect(dates).toHaveLength(count);
        const starts = dates.map(({ startAt }) => startAt.getTime());
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(new Set(dates.map(({ date }) => date)).size).toBe(count);
        dates.forEach((occurrence, index) => {
          expect(findOccurrence(of, index)).toEqual(occurrence);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('shows the same wall time on every date, except where the clock skips it', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 120 }), (of, index) => {
        const { date, startAt } = findOccurrence(of, index);
        const format = new Intl.DateTimeFormat('sv-SE', {
          timeZone: of.timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        const wanted = `${date}T${of.localStart.slice(11)}`;
        const wall = format.format(startAt).replace(' ', 'T');
        if (wall === wanted) return;
        // Skipped: an hour earlier the clock shows less than the wanted time, so it is never shown.
        const before = format.format(new Date(startAt.getTime() - 3_600_000)).replace(' ', 'T');
        expect(before < wanted && wanted < wall).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('ends on the last day, which belongs to it', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 40 }), (of, index) => {
        const until = findOccurrence(of, index).date;
        expect(list({ ...of, rule: { ...of.rule, until } })).toHaveLength(index + 1);
      }),
    );
  });

  it('finds each date by its start, before the first one too, and nothing at other times', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: -100, max: 100 }), (of, index) => {
        const { startAt } = findOccurrence(of, index);
        expect(findIndex(of, startAt)).toBe(index);
        expect(findIndex(of, new Date(startAt.getTime() + 60_000))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
