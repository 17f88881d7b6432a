import { describe, expect, it } from 'vitest';
import { withDeadline } from './deadline.ts';

describe('a deadline', () => {
  const late = () => new Error('late');

  it('is nothing to work that ends in time, well or badly', async () => {
    expect(await withDeadline(1000, Promise.resolve(1), late)).toBe(1);
    await expect(withDeadline(1000, Promise.reject(new Error('failed')), late)).rejects.toThrow('failed');
  });

  it('ends the wait for work that never does', async () => {
    await expect(withDeadline(5, new Promise(() => undefined), late)).rejects.toThrow('late');
  });
});
