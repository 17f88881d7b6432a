import { describe, expect, it } from 'vitest';
import { ShareUsedUp } from './errors.ts';
import { shareAmongStrangers } from './stranger-shares.ts';

/** Work of strangers that goes on until it is told to end. */
function strangersAt(connections: number) {
  const shares = shareAmongStrangers(connections);
  const ends: (() => void)[] = [];
  const running = { signingIn: 0, pages: 0 };
  const begun: (keyof typeof running)[] = [];
  const send = (part: keyof typeof running): Promise<void> =>
    shares[part].run(async () => {
      begun.push(part);
      running[part] += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
      running[part] -= 1;
    });
  return { send, running, begun, endFirst: () => ends.shift()?.() };
}

describe('strangers', () => {
  it.each([
    [1, { signingIn: 1, pages: 0 }],
    [2, { signingIn: 1, pages: 0 }],
    [3, { signingIn: 1, pages: 1 }],
    [4, { signingIn: 2, pages: 1 }],
    [5, { signingIn: 2, pages: 1 }],
    [10, { signingIn: 5, pages: 2 }],
    [40, { signingIn: 20, pages: 10 }],
  ])('who sign in and who read pages take of %i connections %o', async (connections, expected) => {
    const { send, running, endFirst } = strangersAt(connections);
    const all = [
      ...Array.from({ length: 30 }, () => send('signingIn')),
      ...Array.from({ length: 30 }, () => send('pages')),
    ];
    await expect.poll(() => running).toEqual(expected);
    const over = Promise.all(all).then(() => true);
    while (!(await Promise.race([over, Promise.resolve(false)]))) {
      endFirst();
      await new Promise(setImmediate);
    }
    expect(running).toEqual({ signingIn: 0, pages: 0 });
  });

  it('take turns where there is one connection for all of them, however many read pages', async () => {
    const { send, begun, endFirst } = strangersAt(2);
    const all = [...Array.from({ length: 20 }, () => send('pages')), send('signingIn'), send('signingIn')];
    for (let ended = 0; ended < all.length; ended++) {
      await expect.poll(() => begun.length).toBe(ended + 1);
      endFirst();
    }
    await Promise.all(all);
    expect(begun.slice(0, 4)).toEqual(['pages', 'signingIn', 'pages', 'signingIn']);
  });

  it('beyond the queue of pages are turned away at once, and those who sign in are not', async () => {
    const { send, running } = strangersAt(10);
    const waiting = Array.from({ length: 252 }, () => send('pages'));
    for (const one of waiting) one.catch(() => undefined);
    await expect(send('pages')).rejects.toThrow(ShareUsedUp);
    void send('signingIn');
    await expect.poll(() => running).toEqual({ signingIn: 1, pages: 2 });
  });
});
