import { expect, it } from 'vitest';
import type { SeriesDate } from '../../../../shared/contracts/agenda/series.ts';
import { countBooked, fillChoices, listOffers } from './series-choices.ts';

const nearest = '2026-12-08T14:00:00.000Z';
const date = (state: SeriesDate['state'], more: Partial<SeriesDate> = {}): SeriesDate => ({
  date: '2026-12-08',
  startAt: '2026-12-08T12:00:00.000Z',
  state,
  ...more,
});

it('a date that is taken has its nearest free time until something else is chosen, and is left out if there is none', () => {
  expect(fillChoices([date('conflict', { nearest })], {})).toEqual({ '2026-12-08': nearest });
  expect(fillChoices([date('conflict', { nearest: null })], {})).toEqual({ '2026-12-08': 'skip' });
  expect(fillChoices([date('conflict', { nearest })], { '2026-12-08': 'skip' })).toEqual({ '2026-12-08': 'skip' });
});

it('free dates need no choice, and what was chosen for a date that is free by now is not sent', () => {
  expect(fillChoices([date('free')], { '2026-12-08': 'skip', '2026-12-15': nearest })).toEqual({});
});

it('a holiday may be kept, a time that somebody else has may not', () => {
  expect(listOffers(date('holiday', { nearest }))).toEqual([nearest, '2026-12-08T12:00:00.000Z']);
  expect(listOffers(date('conflict', { nearest }))).toEqual([nearest]);
  expect(listOffers(date('missing', { nearest: null }))).toEqual([]);
});

it('counts the dates that are booked', () => {
  const dates = [date('free', { date: '2026-12-01' }), date('conflict')];
  expect(countBooked(dates, { '2026-12-08': 'skip' })).toBe(1);
  expect(countBooked(dates, { '2026-12-08': nearest })).toBe(2);
});
