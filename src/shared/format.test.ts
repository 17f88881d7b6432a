import { expect, it } from 'vitest';
import { ageOn } from './format.ts';

it.each([
  ['2000-11-24', '2026-11-23', 25],
  ['2000-11-24', '2026-11-24', 26],
])('somebody born on %s has on %s lived %i years', (dateOfBirth, day, years) => {
  expect(ageOn(dateOfBirth, day)).toBe(years);
});
