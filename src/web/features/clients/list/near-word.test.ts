import { expect, it } from 'vitest';
import { isNearWord } from './near-word.ts';

it.each([
  ['juaquim', 'joaquim', true],
  ['joaqiun', 'joaquim', true],
  ['goncalvez', 'goncalves', true],
  ['luiz', 'luis', true],
  ['lusi', 'luis', true],
  ['ana', 'anna', true],
  ['ana', 'bia', false],
  ['rosi', 'reis', false],
  ['maria', 'mariana', false],
  ['', 'a', true],
])('“%s” for “%s”: %s', (typed, word, isNear) => {
  expect(isNearWord(typed, word)).toBe(isNear);
});
