import { expect, it } from 'vitest';
import { batchesWith } from './visit-batches.ts';

const clients = Array.from({ length: 120 }, (_, index) => ({ id: String(index) }));
const bounds = (...places: number[]) => batchesWith(clients, places).map((ids) => [ids[0], ids.at(-1), ids.length]);

it('visits are asked for in whole batches with the rows in sight, so that scrolling asks for each once', () => {
  expect(bounds(0, 1, 12)).toEqual([['0', '49', 50]]);
  expect(bounds(3, 30)).toEqual(bounds(0, 12));
  expect(bounds(48, 49, 50, 51)).toEqual([
    ['0', '49', 50],
    ['50', '99', 50],
  ]);
  expect(bounds(110, 140)).toEqual([['100', '119', 20]]);
});

it('a row kept for its focus, far from those in sight, brings its own batch and none between', () => {
  expect(bounds(0, 110, 111)).toEqual([
    ['0', '49', 50],
    ['100', '119', 20],
  ]);
  expect(batchesWith([], [0])).toEqual([]);
});
