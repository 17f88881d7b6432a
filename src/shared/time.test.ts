import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ageOn } from './format.ts';
import { birthDate } from './time.ts';

afterEach(() => {
  vi.useRealTimers();
});

const messagesOf = (value: unknown) => birthDate.safeParse(value).error?.issues.map(({ message }) => message);

describe('a date of birth', () => {
  it('is any day that exists from 1850 on, given back as it came', () => {
    const days = fc.date({ min: new Date('1850-01-01'), max: new Date('2026-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const text = day.toISOString().slice(0, 10);
        expect(birthDate.parse(text)).toBe(text);
      }),
    );
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-13-01',
    '2023-00-10',
    '1849-12-31',
    '31/12/1990',
    '1990-1-5',
    '',
    'x',
  ])('%j is refused once', (text) => {
    expect(messagesOf(text)).toEqual(['invalid_date']);
  });

  it('may be today, in UTC and in all of Brazil, and is never tomorrow', () => {
    vi.useFakeTimers({ now: new Date('2026-03-10T23:59:59Z') });
    expect(messagesOf('2026-03-10')).toBeUndefined();
    expect(messagesOf('2026-03-11')).toEqual(['date_in_future']);
    vi.setSystemTime(new Date('2026-03-11T00:00:00Z'));
    expect(messagesOf('2026-03-11')).toBeUndefined();
    expect(messagesOf('2026-03-12')).toEqual(['date_in_future']);
  });
});

describe('age', () => {
  it.each([
    ['1990-11-23', '2026-11-22', 35],
    ['1990-11-23', '2026-11-23', 36],
    ['2024-02-29', '2025-02-28', 0],
    ['2024-02-29', '2025-03-01', 1],
    ['2026-11-23', '2026-11-23', 0],
  ])('of %s on %s is %i', (born, today, years) => {
    expect(ageOn(born, today)).toBe(years);
  });

  it('grows by one on each birthday and on no other day', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.nat({ max: 40_000 }), (born, daysLater) => {
        const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
        const today = born.getTime() + daysLater * 86_400_000;
        const grown = ageOn(text(born.getTime()), text(today + 86_400_000)) - ageOn(text(born.getTime()), text(today));
        const [birthday, next] = [text(born.getTime()).slice(5), text(today + 86_400_000).slice(5)];
        const leapling = birthday === '02-29' && next === '03-01' && text(today).slice(5) === '02-28';
        expect(grown).toBe(birthday === next || leapling ? 1 : 0);
      }),
    );
  });
});
