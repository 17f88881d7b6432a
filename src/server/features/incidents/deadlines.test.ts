import { describe, expect, it } from 'vitest';
import { addBusinessDays, describeDeadlines } from './deadlines.ts';

describe('business days', () => {
  it.each([
    // Friday, then Monday to Wednesday.
    ['2026-11-27', 3, '2026-12-02'],
    // Saturday counts from Monday on.
    ['2026-11-28', 3, '2026-12-02'],
    // Good Friday 2026 is on 3 April, Tiradentes on 21 April.
    ['2026-04-01', 3, '2026-04-07'],
    ['2026-04-17', 3, '2026-04-23'],
    // Christmas on a Friday, New Year on a Friday.
    ['2026-12-23', 6, '2027-01-04'],
    // Carnival is no holiday by law: the deadline is not later for it.
    ['2026-02-13', 3, '2026-02-18'],
    // A holiday only since 2024.
    ['2023-11-17', 1, '2023-11-20'],
    ['2024-11-19', 1, '2024-11-21'],
  ])('%s and %i of them end on %s', (day, count, end) => {
    expect(addBusinessDays(day, count)).toBe(end);
  });
});

describe('the deadlines of an incident', () => {
  const dates = { knownOn: '2026-11-30', authorityToldOn: null, registeredOn: '2026-12-01', isSmallAgent: false };

  it('are three business days, twenty more for what was not known, and five years', () => {
    expect(describeDeadlines(dates)).toEqual({
      businessDays: 3,
      tellBy: '2026-12-03',
      supplementBy: '2027-01-04',
      keepUntil: '2031-12-01',
    });
  });

  it('are six business days for small agents', () => {
    expect(describeDeadlines({ ...dates, isSmallAgent: true })).toMatchObject({
      businessDays: 6,
      tellBy: '2026-12-08',
    });
  });

  it('count what may be added from the day on which the authority was told', () => {
    expect(describeDeadlines({ ...dates, authorityToldOn: '2026-12-01' }).supplementBy).toBe('2026-12-30');
  });
});
