import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TaskQueue } from './task-queue.ts';

describe('a task queue', () => {
  it('runs one task after the other, and none after one that failed', async () => {
    const queue = new TaskQueue();
    const done: number[] = [];
    const first = queue.run(async () => {
      await turn();
      done.push(1);
    });
    const second = queue.run(() => Promise.reject(new Error('lost')));
    const third = queue.run(() => Promise.resolve(done.push(3)));
    await first;
    await expect(second).rejects.toThrow('lost');
    await expect(third).rejects.toThrow('lost');
    expect(done).toEqual([1]);
  });

  it('when stopped, ends the task that runs and begins no other', async () => {
    const queue = new TaskQueue();
    const done: string[] = [];
    const running = queue.run(async () => {
      await turn();
      done.push('running');
    });
    const waiting = queue.run(() => Promise.resolve(done.push('waiting')));
    // By now the first task has started.
    await Promise.resolve();
    await queue.stop();
    await running;
    await expect(waiting).rejects.toThrow('stopped');
    expect(done).toEqual(['running']);
  });
});
