import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { createIdMaker } from './id-maker.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** UUIDv7 (RFC 9562, section 5.7): version 7, variant 10. */
const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const millisecondsOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Steps of the clock, also backwards, each with the number of ids that are then made. */
const steps = fc.array(
  fc.record({ milliseconds: fc.integer({ min: -1000, max: 1000 }), ids: fc.integer({ min: 1, max: 300 }) }),
  { minLength: 1, maxLength: 10 },
);
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

it('makes ids of version 7 that are all different and ascend, whatever the clock does', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  fc.assert(
    fc.property(moments, steps, (start, work) => {
      const makeId = createIdMaker();
      let now = start.getTime();
      const ids = work.flatMap(({ milliseconds, ids: count }) => {
        vi.setSystemTime((now += milliseconds));
        return Array.from({ length: count }, makeId);
      });
      for (const id of ids) expect(id).toMatch(version7);
      expect(new Set(ids).size).toBe(ids.length);
      expect([...ids].sort()).toEqual(ids);
    }),
    { numRuns: 50 },
  );
});

it('has the time in its ids', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  fc.assert(
    fc.property(moments, (moment) => {
      vi.setSystemTime(moment);
      expect(millisecondsOf(createIdMaker()())).toBe(moment.getTime());
    }),
  );
});

it('goes on where one millisecond has more ids than its counter counts', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date('2026-01-01T12:00:00Z'));
  const makeId = createIdMaker();
  const ids = Array.from({ length: 200_000 }, makeId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [at, id] of ids.entries()) if (at > 0 && !(id > (ids[at - 1] ?? ''))) expect(id).toBe('larger');
  expect(ids.at(-1)).toMatch(version7);
  expect(millisecondsOf(ids.at(-1) ?? '') - millisecondsOf(ids[0] ?? '')).toBeLessThan(10);
});
