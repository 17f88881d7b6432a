import { describe, expect, it } from 'vitest';
import { listStarts, makeGrid } from './slots.ts';

const zone = 'America/Sao_Paulo';
const minuteOf = (instant: string) => Date.parse(instant) / 60_000;
const starts = (from: string, to: string, minutes: number, slotMinutes: number) =>
  listStarts([minuteOf(from), minuteOf(to)], minutes, makeGrid(slotMinutes, zone)).map((start) =>
    new Date(start * 60_000).toISOString().slice(11, 16),
  );

describe('the grid', () => {
  it('begins at the clinic’s midnight, each day anew', () => {
    expect(starts('2026-12-01T11:10:00Z', '2026-12-01T12:40:00Z', 30, 20)).toEqual(['11:20', '11:40', '12:00']);
    expect(starts('2026-12-01T02:00:00Z', '2026-12-01T04:00:00Z', 30, 50)).toEqual(['02:20', '03:00']);
  });

  it('keeps to the wall clock on days on which it changes', () => {
    // At midnight of November 4, 2018, clocks went forward to one o'clock.
    expect(starts('2018-11-04T02:00:00Z', '2018-11-04T05:00:00Z', 60, 60)).toEqual(['02:00', '03:00', '04:00']);
    expect(starts('2018-11-04T02:30:00Z', '2018-11-04T05:00:00Z', 60, 120)).toEqual(['04:00']);
  });
});
