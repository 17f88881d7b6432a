import { expect, it } from 'vitest';
import { DiskBudget } from './disk-budget.ts';
import { Places } from './places.ts';

const limits = { person: 2, clinic: 3, total: 4, waiting: 2, patience: 60_000 };
const of = (clinic: string, person: string) => ({ clinic, person });

/** Takes places and records the order in which they were given. */
function taker(places: Places) {
  const order: string[] = [];
  const take = (clinic: string, person: string) =>
    places.take(of(clinic, person)).then((leave) => {
      order.push(person);
      return leave;
    });
  return { order, take };
}

it('gives a person and a clinic their share, and the next place to the clinic that holds fewest', async () => {
  const places = new Places(limits);
  const { order, take } = taker(places);
  const held = await Promise.all([take('x', 'x1'), take('x', 'x2'), take('x', 'x3')]);
  const more = [take('x', 'x4'), take('x', 'x5')];
  const y = await take('y', 'y1');
  const z = take('z', 'z1');
  expect(order).toEqual(['x1', 'x2', 'x3', 'y1']);
  held[0]();
  await z;
  y();
  await Promise.any(more);
  expect(order.slice(4)).toEqual(['z1', 'x4']);
});

it('refuses those who would wait in too long a queue or for too long', async () => {
  const places = new Places({ ...limits, patience: 50 });
  const { take } = taker(places);
  await Promise.all([take('x', 'x1'), take('x', 'x1')]);
  const waiting = [take('x', 'x1'), take('x', 'x1')];
  await expect(take('x', 'x1')).rejects.toMatchObject({ isFull: true });
  for (const one of await Promise.allSettled(waiting)) expect(one).toMatchObject({ reason: { isFull: false } });
});

it('gives a place back once, however often it is left', async () => {
  const places = new Places({ ...limits, total: 1, patience: 50 });
  const leave = await places.take(of('x', 'x1'));
  leave();
  const second = await places.take(of('y', 'y1'));
  leave();
  await expect(places.take(of('z', 'z1'))).rejects.toThrow();
  second();
  await places.take(of('z', 'z1'));
});

it('keeps uploads within their bytes on disk, those of one clinic within half of them', () => {
  const disk = new DiskBudget({ total: 100, clinic: 60 });
  const [x, y] = [disk.open('x'), disk.open('y')];
  expect([x.take(60), x.take(1), y.take(40), y.take(1)]).toEqual([true, false, true, false]);
  x.close();
  expect(y.take(20)).toBe(true);
  expect(disk.open('x').take(40)).toBe(true);
});
