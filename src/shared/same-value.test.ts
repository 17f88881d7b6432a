import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameValue } from './same-value.ts';

describe('two values', () => {
  it('are the same in any order of keys, at any depth', () => {
    expect(isSameValue({ a: 1, b: [{ c: 'x', d: null }] }, { b: [{ d: null, c: 'x' }], a: 1 })).toBe(true);
    expect(isSameValue(undefined, null)).toBe(true);
  });

  it('differ by order in a list, by type, by a key', () => {
    expect(isSameValue(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(isSameValue('1', 1)).toBe(false);
    expect(isSameValue({ a: 'x' }, { a: 'x', b: 'y' })).toBe(false);
  });

  it('are the same after a way through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isSameValue(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });
});
