import { expect, it } from 'vitest';
import { chooseHeapOptions } from './heap.ts';

const semiSpaces = ['--min-semi-space-size=8', '--max-semi-space-size=8'];

it('bounds the heap on a large machine, and keeps the lower limit that V8 has chosen on a small one', () => {
  expect(chooseHeapOptions(4096 * 1024 * 1024)).toEqual([...semiSpaces, '--max-old-space-size=1024']);
  expect(chooseHeapOptions(256 * 1024 * 1024)).toEqual([...semiSpaces]);
});
