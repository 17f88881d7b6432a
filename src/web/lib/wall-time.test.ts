import { describe, expect, it } from 'vitest';
import { addMonths, minutesSince, startOfWeek, toWallTime, wallTimeAt } from './wall-time.ts';

describe('wall time', () => {
  it.each([
    ['2026-12-01T17:30:00Z', 'America/Sao_Paulo', '2026-12-01T14:30'],
    ['2026-12-01T02:00:00Z', 'America/Manaus', '2026-11-30T22:00'],
    // Summer time, which Brazil had until 2019.
    ['2018-12-01T16:30:00Z', 'America/Sao_Paulo', '2018-12-01T14:30'],
    ['2026-12-01T03:00:00Z', 'America/Sao_Paulo', '2026-12-01T00:00'],
  ])('%s in %s is %s', (instant, timeZone, expected) => {
    expect(toWallTime(instant, timeZone)).toBe(expected);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('a week begins on Monday', () => {
    expect(startOfWeek('2026-11-29')).toBe('2026-11-23');
    expect(startOfWeek('2026-11-30')).toBe('2026-11-30');
  });

  it('minutes of a day and wall times are the same thing', () => {
    expect(minutesSince('2026-12-01', '2026-12-01T14:30')).toBe(870);
    expect(minutesSince('2026-12-01', '2026-12-02T00:00')).toBe(1440);
    expect(minutesSince('2026-12-01', '2026-11-30T23:00')).toBe(-60);
    expect(wallTimeAt('2026-12-01', 870)).toBe('2026-12-01T14:30');
    expect(wallTimeAt('2026-12-31', 1500)).toBe('2027-01-01T01:00');
    expect(wallTimeAt('2026-12-01', -30)).toBe('2026-11-30T23:30');
  });
});
