import { describe, expect, it } from 'vitest';
import { listStarts, pickOffers, splitName } from './booking-form.ts';

const timeZone = 'America/Sao_Paulo';
const slot = (day: number, hour: number) => {
  const startAt = new Date(Date.UTC(2026, 11, day, hour)).toISOString();
  return { startAt, endAt: startAt };
};

describe('the free times that are offered', () => {
  it('are spread over the day, with the earliest, and over a few days', () => {
    const slots = [1, 2, 3].flatMap((day) => [11, 12, 13, 14, 15, 16].map((hour) => slot(day, hour)));
    const hours = pickOffers(slots, { timeZone, days: 2, perDay: 3 }).map(({ startAt }) => startAt.slice(8, 13));
    expect(hours).toEqual(['01T11', '01T13', '01T15', '02T11', '02T13', '02T15']);
  });

  it('belong to days of the clinic, not of UTC', () => {
    const slots = [slot(1, 23), slot(2, 1), slot(2, 14)];
    expect(pickOffers(slots, { timeZone, days: 1, perDay: 9 })).toEqual(slots.slice(0, 2));
  });
});

it('a long gap offers its half hours, as long as the visit fits', () => {
  const starts = (from: string, free: number) => listStarts(`2026-12-01T${from}`, free, 50).map((at) => at.slice(11));
  expect(starts('08:50', 130)).toEqual(['08:50', '09:00', '09:30', '10:00']);
  expect(starts('08:00', 60)).toEqual(['08:00']);
});

it.each([
  ['Maria da Silva', 'Maria', 'da Silva'],
  ['  Zeca ', 'Zeca', null],
])('“%s” is %s and %s', (name, firstName, lastName) => {
  expect(splitName(name)).toEqual({ firstName, lastName });
});
