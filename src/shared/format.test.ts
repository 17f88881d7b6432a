import { expect, it } from 'vitest';
import { ageOn, isMinor } from './format.ts';

it.each([
  ['2000-11-24', '2026-11-23', 25],
  ['2000-11-24', '2026-11-24', 26],
])('somebody born on %s has on %s lived %i years', (dateOfBirth, day, years) => {
  expect(ageOn(dateOfBirth, day)).toBe(years);
});

it.each([
  ['2008-05-10', '2026-05-09', true],
  ['2008-05-10', '2026-05-10', false],
  ['2008-02-29', '2026-02-28', true],
  ['2008-02-29', '2026-03-01', false],
])('somebody born on %s is under age on %s: %s', (born, day, expected) => {
  expect(isMinor(born, day)).toBe(expected);
});
