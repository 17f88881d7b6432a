import { describe, expect, it } from 'vitest';
import { retry } from './retry.ts';

describe('work that fails', () => {
  const passing = new Error('passes');
  const failing = (times: number) => {
    let calls = 0;
    const work = () => (++calls <= times ? Promise.reject(passing) : Promise.resolve(calls));
    return { work, calls: () => calls };
  };

  it('is done again while that may help, and gives the first result', async () => {
    expect(await retry(failing(2).work, { attempts: 3, when: (error) => error === passing })).toBe(3);
  });

  it('is given up after so many attempts, with its last error', async () => {
    const { work, calls } = failing(9);
    await expect(retry(work, { attempts: 3, when: () => true })).rejects.toBe(passing);
    expect(calls()).toBe(3);
  });

  it('is not done again after another error', async () => {
    const { work, calls } = failing(9);
    await expect(retry(work, { attempts: 3, when: () => false })).rejects.toBe(passing);
    expect(calls()).toBe(1);
  });
});
