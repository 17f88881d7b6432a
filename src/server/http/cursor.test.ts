import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../domain-error.ts';
import { type Cursor, decodeCursor, encodeCursor, requireCursor } from './cursor.ts';

const cursors: fc.Arbitrary<Cursor> = fc.record({
  key: fc.string({ unit: 'binary' }).filter((key) => key.isWellFormed() && !key.includes('\0')),
  id: fc.uuid(),
  total: fc.record({ value: fc.nat(), relation: fc.constantFrom('eq' as const, 'gte' as const) }),
  near: fc.boolean(),
});
const lists = fc.tuple(fc.string(), fc.dictionary(fc.string(), fc.string()));

describe('cursors', () => {
  it('come back as they were given out, in letters that a URL takes', () => {
    fc.assert(
      fc.property(lists, cursors, (list, cursor) => {
        const text = encodeCursor(list, cursor);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor(list, text)).toEqual(cursor);
      }),
    );
  });

  it('belong to one list', () => {
    fc.assert(
      fc.property(lists, lists, cursors, (list, other, cursor) => {
        fc.pre(JSON.stringify(list) !== JSON.stringify(other));
        expect(decodeCursor(other, encodeCursor(list, cursor))).toBeUndefined();
      }),
    );
  });

  it('are read or refused, whatever they are', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(decodeCursor(['q'], text)).toBeUndefined();
      }),
    );
  });

  it('are refused with any part replaced by what does not belong there', () => {
    const cursor: Cursor = {
      key: 'Ana',
      id: '01900000-0000-7000-8000-000000000001',
      total: { value: 3, relation: 'eq' },
      near: false,
    };
    const parts = JSON.parse(Buffer.from(encodeCursor([], cursor), 'base64url').toString()) as unknown[];
    const wrong: [index: number, value: unknown][] = [
      [0, 'AAAAAAAAAA'],
      [1, 7],
      [1, null],
      [1, 'a\0b'],
      [1, '\ud800'],
      [2, 'x'],
      [2, "01900000-0000-7000-8000-00000000000'"],
      [3, 1.5],
      [3, '3'],
      [3, 2 ** 60],
      [4, 'gte'],
      [5, 1],
    ];
    for (const [index, value] of wrong) {
      const text = Buffer.from(JSON.stringify(parts.with(index, value))).toString('base64url');
      expect(decodeCursor([], text), `${index} ${String(value)}`).toBeUndefined();
    }
    for (const text of [JSON.stringify(parts.slice(0, 5)), JSON.stringify([...parts, 0])])
      expect(decodeCursor([], Buffer.from(text).toString('base64url'))).toBeUndefined();
  });

  it('of a request are optional, and named when they are refused', () => {
    expect(requireCursor([], undefined)).toBeUndefined();
    const named = { fields: [{ path: 'cursor', code: 'invalid_cursor' }] };
    expect(() => requireCursor([], 'x')).toThrow(expect.objectContaining({ code: 'invalid_request', facts: named }));
  });

  it('have a key of the kind that the list sorts by', () => {
    const cursor: Cursor = {
      key: 'Ana',
      id: '01900000-0000-7000-8000-000000000001',
      total: { value: 1, relation: 'gte' },
      near: true,
    };
    const text = encodeCursor([], cursor);
    expect(requireCursor([], text, /^A/)).toEqual(cursor);
    expect(() => requireCursor([], text, /^\d+$/)).toThrow(DomainError);
  });
});
