import { expect, it } from 'vitest';
import { DatabaseUnavailable, ShareUsedUp } from './errors.ts';
import { FairShare } from './fair-share.ts';
import { Semaphore } from './semaphore.ts';

/** Work that ends when it is told to. */
function task() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, resolve, reject };
}

it('lets so many run at once, and the others in the order they came', async () => {
  const semaphore = new Semaphore({ places: 2 });
  const begun: number[] = [];
  const tasks = Array.from({ length: 5 }, task);
  const all = Promise.all(
    tasks.map(({ work }, index) =>
      semaphore.run(() => {
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
  const semaphore = new Semaphore({ places: 1 });
  const refused = semaphore.run(() => Promise.reject(new Error('wrong code')));
  const next = semaphore.run(() => Promise.resolve('next'));
  await expect(refused).rejects.toThrow('wrong code');
  expect(await next).toBe('next');

  const away = task();
  const waiting = [
    semaphore.run(away.work),
    semaphore.run(() => Promise.resolve('x')),
    semaphore.run(() => Promise.resolve('y')),
  ];
  away.reject(new DatabaseUnavailable(new Error('refused')));
  for (const each of await Promise.allSettled(waiting))
    expect(each).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) as unknown });
  expect(await semaphore.run(() => Promise.resolve('back'))).toBe('back');
});

it('turns away whom the queue has no room for, and who has waited too long; the others go on', async () => {
  const semaphore = new Semaphore({ places: 1, queue: 1, seconds: 0.02 });
  const first = task();
  const running = semaphore.run(first.work);
  const patient = semaphore.run(() => Promise.resolve('late'));
  await expect(semaphore.run(() => Promise.resolve('more'))).rejects.toThrow(ShareUsedUp);
  await expect(patient).rejects.toThrow(ShareUsedUp);
  first.resolve('done');
  expect(await running).toBe('done');
  expect(semaphore.isIdle).toBe(true);
  expect(await semaphore.run(() => Promise.resolve('next'))).toBe('next');
});

it('gives one person four of ten connections, a clinic half of them, and others theirs meanwhile', async () => {
  const share = new FairShare(10);
  const begun: string[] = [];
  const held = task();
  const run = (professionalId: string, clinicId: string) =>
    share.run({ professionalId, clinicId }, () => {
      begun.push(professionalId);
      return held.work();
    });
  const all = [
    ...Array.from({ length: 6 }, () => run('ana', 'a')),
    ...Array.from({ length: 3 }, () => run('bia', 'a')),
    run('caio', 'b'),
  ];
  await expect.poll(() => begun).toEqual(['ana', 'ana', 'ana', 'ana', 'bia', 'caio']);
  held.resolve('x');
  await Promise.all(all);
  expect(begun).toHaveLength(10);
});
