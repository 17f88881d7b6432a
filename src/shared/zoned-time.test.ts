import { describe, expect, it } from 'vitest';
import { addDays, startOfDay, toInstant, toLocalTime, weekdayOf } from './zoned-time.ts';

describe('wall time', () => {
  it.each([
    ['America/Sao_Paulo', '2026-12-01T14:30', '2026-12-01T17:30:00.000Z'],
    ['America/Manaus', '2026-12-01T14:30', '2026-12-01T18:30:00.000Z'],
    ['America/Rio_Branco', '2026-12-01T14:30', '2026-12-01T19:30:00.000Z'],
    ['America/Noronha', '2026-12-01T14:30', '2026-12-01T16:30:00.000Z'],
    ['America/Sao_Paulo', '2018-12-01T14:30', '2018-12-01T16:30:00.000Z'],
    ['America/Sao_Paulo', '2018-07-01T14:30', '2018-07-01T17:30:00.000Z'],
    ['America/Sao_Paulo', '2018-11-03T23:59', '2018-11-04T02:59:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04T01:00', '2018-11-04T03:00:00.000Z'],
    ['Europe/Lisbon', '2026-07-01T09:00', '2026-07-01T08:00:00.000Z'],
  ])('of %s %s is %s, and back', (zone, local, instant) => {
    expect(toInstant(local, zone).toISOString()).toBe(instant);
    expect(toLocalTime(new Date(instant), zone)).toBe(local);
  });

  it('that a change of clocks skips is as much later; one that occurs twice is the first', () => {
    const zone = 'America/Sao_Paulo';
    expect(toInstant('2018-11-04T00:30', zone).toISOString()).toBe('2018-11-04T03:30:00.000Z');
    expect(toLocalTime(new Date('2018-11-04T03:30:00Z'), zone)).toBe('2018-11-04T01:30');
    expect(toInstant('2019-02-16T23:30', zone).toISOString()).toBe('2019-02-17T01:30:00.000Z');
    expect(toLocalTime(new Date('2019-02-17T02:30:00Z'), zone)).toBe('2019-02-16T23:30');
    expect(startOfDay('2018-11-04', zone).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('adds days across months and leap days', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('counts the days of a week from Monday', () => {
    expect([weekdayOf('2026-11-29'), weekdayOf('2026-11-30')]).toEqual([7, 1]);
  });
});
