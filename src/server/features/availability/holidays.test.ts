import { describe, expect, it } from 'vitest';
import { easterOf, holidaysOf } from './holidays.ts';

/** The days on which the federal ordinances of each year let the country rest; Easter moves Good Friday. */
const federal = (year: number, goodFriday: string): string[] =>
  [
    ...['01-01', '04-21', '05-01', '09-07', '10-12', '11-02', '11-15', '11-20', '12-25'].map(
      (day) => `${String(year)}-${day}`,
    ),
    goodFriday,
  ].sort();

describe('holidays', () => {
  it.each([
    [2026, '2026-04-03', '2026-02-17', '2026-06-04'],
    [2027, '2027-03-26', '2027-02-09', '2027-05-27'],
    [2028, '2028-04-14', '2028-02-29', '2028-06-15'],
    [2029, '2029-03-30', '2029-02-13', '2029-05-31'],
    [2030, '2030-04-19', '2030-03-05', '2030-06-20'],
  ])('of %i are those of the federal list', (year, goodFriday, carnival, corpusChristi) => {
    const of = (kind: string) => holidaysOf(year).filter((holiday) => holiday.kind === kind);
    expect(of('national').map(({ date }) => date)).toEqual(federal(year, goodFriday));
    expect(of('optional')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Terça-feira de Carnaval', date: carnival }),
        expect.objectContaining({ name: 'Corpus Christi', date: corpusChristi }),
      ]),
    );
  });

  it('know Easter as the tables of the calendar have it', () => {
    expect([2000, 2019, 2024, 2038, 2076, 2100].map(easterOf)).toEqual([
      '2000-04-23',
      '2019-04-21',
      '2024-03-31',
      '2038-04-25',
      '2076-04-19',
      '2100-03-28',
    ]);
  });

  it('of November 20 are the whole country’s since 2024', () => {
    const has = (year: number) => holidaysOf(year).some(({ date }) => date === `${String(year)}-11-20`);
    expect([has(2023), has(2024)]).toEqual([false, true]);
  });
});
