import { describe, expect, it } from 'vitest';
import { emptyValues } from './form-model.ts';
import { mergeStaleEdit, takeField } from './stale-edit.ts';

const base = { ...emptyValues, firstName: 'Ana', phone: '(11) 98765-4321', 'address.city': 'Santos', tags: ['a'] };

describe('mergeStaleEdit', () => {
  it('adopts what others changed and I did not', () => {
    const result = mergeStaleEdit(base, { ...base, firstName: 'Anna' }, { ...base, 'address.city': 'Campinas' });
    expect(result.adopted).toEqual(['address.city']);
    expect(result.disputed).toEqual([]);
    expect(result.merged).toEqual({ ...base, firstName: 'Anna', 'address.city': 'Campinas' });
  });

  it('disputes what both changed differently, and only that', () => {
    const mine = { ...base, firstName: 'Anna', phone: '(11) 91111-1111', tags: ['b'] };
    const theirs = { ...base, firstName: 'Anna', phone: '(11) 92222-2222', tags: ['c'] };
    const result = mergeStaleEdit(base, mine, theirs);
    expect(result.disputed).toEqual(['phone', 'tags']);
    expect(result.merged).toEqual(mine);
    expect(takeField(result.merged, 'tags', theirs).tags).toEqual(['c']);
  });
});
