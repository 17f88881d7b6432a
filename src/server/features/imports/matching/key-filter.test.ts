import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyKinds } from '../../clients/bulk-api.ts';
import { KeyFilter } from './key-filter.ts';

const anyKey = fc.tuple(fc.constantFrom(...keyKinds), fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })));

it('never denies a key that it was given', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 200 }), (keys) => {
      const filter = new KeyFilter();
      for (const [kind, key] of keys) filter.add(kind, key);
      expect(keys.filter(([kind, key]) => !filter.add(kind, key))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

it('tells the same text of different kinds apart', () => {
  const filter = new KeyFilter();
  expect(keyKinds.map((kind) => filter.add(kind, '11144477735'))).toEqual([false, false, false, false]);
});

/** Realistic keys: consecutive numbers, for which a poor hash would collide. */
const keysOf = {
  document: (at: number) => String(10_000_000_000 + at),
  phone: (at: number) => `+5511${String(900_000_000 + at)}`,
  email: (at: number) => `cliente${String(at)}@exemplo.com.br`,
} as const;

it('takes at most one in a hundred new keys for known, of three million', () => {
  const filter = new KeyFilter();
  const million = 1_000_000;
  for (let at = 0; at < million; at++)
    for (const kind of ['document', 'phone', 'email'] as const) filter.add(kind, keysOf[kind](at));
  let mistaken = 0;
  const tried = 30_000;
  for (let at = million; at < million + tried / 3; at++)
    for (const kind of ['document', 'phone', 'email'] as const) if (filter.add(kind, keysOf[kind](at))) mistaken += 1;
  expect(mistaken / tried).toBeLessThan(0.01);
});
