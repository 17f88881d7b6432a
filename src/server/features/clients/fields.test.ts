import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldColumns } from '../../../shared/client-fields.ts';
import type { ClientPatch } from '../../../shared/contracts/clients.ts';
import { changesBetween, type ClientValues, valuesAfter, valuesOf } from './fields.ts';

const text = fc.option(fc.string({ unit: 'binary' }), { nil: null });
const absent = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, fc.option(value, { nil: undefined })])),
  );

/** Arbitrary bodies of the contract's shape, each part absent, null or given. */
const patches = absent({
  firstName: fc.string({ minLength: 1 }),
  lastName: text,
  dateOfBirth: text,
  tags: fc.array(fc.string()),
  extra: fc.option(fc.dictionary(fc.string(), text), { nil: null }),
  address: fc.option(absent({ city: text, street: text }), { nil: null }),
  guardian: fc.option(absent({ name: text }), { nil: null }),
}) as fc.Arbitrary<ClientPatch>;

const write = (row: ClientValues, patch: ClientPatch): ClientValues => ({
  ...row,
  ...valuesAfter(changesBetween(row, patch)),
});

describe('valuesOf', () => {
  it('names every column once', () => {
    const columns = Object.values(fieldColumns);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('leaves out what a body does not speak of', () => {
    expect(valuesOf({})).toEqual({});
    expect(valuesOf({ address: {} })).toEqual({});
    expect(valuesOf({ address: { city: undefined, state: 'SP' } })).toEqual({ state: 'SP' });
    expect(valuesOf({ address: null })).toEqual({
      ...{ postal_code: null, street: null, street_number: null, complement: null },
      ...{ neighborhood: null, city: null, state: null },
    });
  });
});

describe('changesBetween', () => {
  it('tells what a row becomes, so that the same patch changes nothing a second time', () => {
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const row = write(write({}, first), second);
        expect(changesBetween(row, second)).toEqual([]);
      }),
    );
  });

  it('keeps what was there, so that a change can be taken back', () => {
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const before = write({}, first);
        const changes = changesBetween(before, second);
        const after: ClientValues = { ...before, ...valuesAfter(changes) };
        const back = {
          ...after,
          ...valuesAfter(changes.map(({ field, from, to }) => ({ field, from: to, to: from }))),
        };
        for (const column of Object.values(fieldColumns)) expect(back[column] ?? null).toEqual(before[column] ?? null);
      }),
    );
  });

  it('touches nothing but what the patch speaks of', () => {
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const spoken = Object.keys(valuesOf(second));
        const columns = changesBetween(write({}, first), second).map((change) => fieldColumns[change.field]);
        expect(spoken).toEqual(expect.arrayContaining(columns));
      }),
    );
  });

  it('merges what has no field of its own key by key, and holds no nulls', () => {
    const extra = (old: unknown, patch: ClientPatch['extra']) => write({ extra: old }, { extra: patch }).extra;
    expect(extra({ a: '1', b: '2' }, { b: null, c: '3' })).toEqual({ a: '1', c: '3' });
    expect(extra({ a: '1' }, { a: null })).toBeNull();
    expect(extra(null, { a: null })).toBeNull();
    expect(extra({ a: '1' }, null)).toBeNull();
    expect(extra({ a: '1' }, {})).toEqual({ a: '1' });
  });
});
