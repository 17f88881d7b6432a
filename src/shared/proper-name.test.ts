import { expect, it } from 'vitest';
import { makeProperName } from './proper-name.ts';

it.each([
  ['maria da silva', 'Maria da Silva'],
  ['MARIA DAS DORES E SILVA', 'Maria das Dores e Silva'],
  ['érica d’ávila', 'Érica D’Ávila'],
  ['ana-clara', 'Ana-Clara'],
  ['Ana MacDonald', 'Ana MacDonald'],
  ['JR', 'JR'],
  ['da silva', 'Da Silva'],
  ['', ''],
])('“%s” is “%s”', (typed, proper) => {
  expect(makeProperName(typed)).toBe(proper);
});

it('a last name may begin with a particle', () => {
  expect(makeProperName('da silva', false)).toBe('da Silva');
});
