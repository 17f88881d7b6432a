import { expect, it } from 'vitest';
import { chooseHeapOptions, tidyAfterStart } from './heap.ts';

const semiSpaces = ['--min-semi-space-size=8', '--max-semi-space-size=8'];

it('bounds the heap on a large machine, and keeps the lower limit that V8 has chosen on a small one', () => {
  expect(chooseHeapOptions(4096 * 1024 * 1024)).toEqual([...semiSpaces, '--max-old-space-size=1024']);
  expect(chooseHeapOptions(256 * 1024 * 1024)).toEqual([...semiSpaces]);
});

// V8 itself would do it after some eight seconds without work.
it('gives back what the start has left behind as soon as the process rests', async () => {
  const left = { behind: Array.from({ length: 1_000_000 }, (_, at) => ({ at })) };
  const before = process.memoryUsage().heapUsed;
  left.behind = [];
  tidyAfterStart();
  await expect
    .poll(() => before - process.memoryUsage().heapUsed, { timeout: 6000, interval: 200 })
    .toBeGreaterThan(20 * 1024 * 1024);
});
