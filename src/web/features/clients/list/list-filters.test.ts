import { describe, expect, it } from 'vitest';
import { countFilters, readListFilters } from './list-filters.ts';

describe('readListFilters', () => {
  it('reads what an address holds', () => {
    expect(
      readListFilters({
        q: 'maria',
        city: 'Santos',
        state: 'sp',
        birthMonth: '11',
        status: 'archived',
        sort: '-createdAt',
      }),
    ).toEqual({ q: 'maria', city: 'Santos', state: 'SP', birthMonth: 11, status: 'archived', sort: '-createdAt' });
  });

  it('reads a search of digits that the router took for a number', () => {
    expect(readListFilters({ q: 98765 })).toEqual({ q: '98765' });
  });

  it('drops what the contract would refuse', () => {
    expect(
      readListFilters({ q: '  ', state: 'XYZ', birthMonth: '13', status: 'gone', sort: 'size', tag: 'x'.repeat(41) }),
    ).toEqual({});
    expect(readListFilters({ state: 'ZZ', professionalId: 'ana' })).toEqual({});
  });

  it('keeps whose clients are meant', () => {
    const professionalId = '01a214c8-325b-7669-bbf5-505361cdf0f3';
    expect(readListFilters({ professionalId })).toEqual({ professionalId });
  });

  it('leaves the defaults out of the address', () => {
    expect(readListFilters({ status: 'active', sort: 'name' })).toEqual({});
    expect(readListFilters({ sort: 'match' })).toEqual({});
    expect(readListFilters({ q: 'ana', sort: 'match' })).toEqual({ q: 'ana' });
    expect(readListFilters({ q: 'ana', sort: 'name' })).toEqual({ q: 'ana', sort: 'name' });
  });
});

describe('countFilters', () => {
  it('counts what narrows the list', () => {
    expect(countFilters({ q: 'ana', sort: '-createdAt', city: 'Santos', status: 'archived' })).toBe(2);
  });
});
