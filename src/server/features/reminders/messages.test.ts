import { expect, it } from 'vitest';
import { formatMoment } from './messages.ts';

const now = new Date('2026-12-01T12:00:00Z');

it.each([
  ['2026-12-15T14:30', 'terça-feira, 15 de dezembro, às 14:30'],
  ['2026-12-01T09:00', 'terça-feira, 1º de dezembro, às 09:00'],
  ['2026-12-11T09:00', 'sexta-feira, 11 de dezembro, às 09:00'],
  ['2027-12-01T08:05', 'quarta-feira, 1º de dezembro de 2027, às 08:05'],
])('the moment %s is read to a client as “%s”', (localStart, words) => {
  expect(formatMoment(localStart, now)).toBe(words);
});
