import { expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../db/errors.ts';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function task() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, resolve, reject };
}

it('lets so many run at once, and the others in the order they came', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const tasks = Array.from({ length: 5 }, task);
  const all = Promise.all(
    tasks.map(({ work }, index) =>
      turns.run(() => {
        begun.push(index);
        return work();
      }),
    ),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  tasks[1]?.resolve('b');
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  for (const { resolve } of tasks) resolve('a');
  expect(await all).toEqual(['a', 'b', 'a', 'a', 'a']);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('goes on after a failure, and lets nobody wait for a database that is away', async () => {
  const turns = new Turns(1);
  const refused = turns.run(() => Promise.reject(new Error('wrong code')));
  const next = turns.run(() => Promise.resolve('next'));
  await expect(refused).rejects.toThrow('wrong code');
  expect(await next).toBe('next');

  const away = task();
  const waiting = [turns.run(away.work), turns.run(() => Promise.resolve('x')), turns.run(() => Promise.resolve('y'))];
  away.reject(new DatabaseUnavailable(new Error('refused')));
  for (const each of await Promise.allSettled(waiting))
    expect(each).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) as unknown });
  expect(await turns.run(() => Promise.resolve('back'))).toBe('back');
});
