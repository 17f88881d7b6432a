import { expect, it } from 'vitest';
import { batchesAround } from './visit-batches.ts';

const clients = Array.from({ length: 120 }, (_, index) => ({ id: String(index) }));
const bounds = (first: number, last: number) =>
  batchesAround(clients, first, last).map((ids) => [ids[0], ids.at(-1), ids.length]);

it('visits are asked for in whole batches around the rows in sight, so that scrolling asks for each once', () => {
  expect(bounds(0, 12)).toEqual([['0', '49', 50]]);
  expect(bounds(3, 30)).toEqual(bounds(0, 12));
  expect(bounds(45, 58)).toEqual([
    ['0', '49', 50],
    ['50', '99', 50],
  ]);
  expect(bounds(110, 140)).toEqual([['100', '119', 20]]);
  expect(batchesAround([], 0, 0)).toEqual([]);
});
