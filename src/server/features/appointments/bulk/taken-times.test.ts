import { expect, it } from 'vitest';
import { TakenTimes } from './taken-times.ts';

const at = (time: string): Date => new Date(`${time}Z`);

it('times that touch are free, and those that overlap are found across midnight', () => {
  const taken = new TakenTimes();
  taken.add('ana', at('2031-03-03T23:30'), at('2031-03-04T00:30'), 'alda');
  const find = (from: string, to: string, whose = 'ana') => taken.find(whose, at(from), at(to))?.clientId;
  expect(find('2031-03-04T00:00', '2031-03-04T00:10')).toBe('alda');
  expect(find('2031-03-03T20:00', '2031-03-04T02:00')).toBe('alda');
  expect(find('2031-03-04T00:30', '2031-03-04T01:00')).toBeUndefined();
  expect(find('2031-03-03T23:00', '2031-03-03T23:30')).toBeUndefined();
  expect(find('2031-03-04T00:00', '2031-03-04T00:10', 'bruno')).toBeUndefined();
});
