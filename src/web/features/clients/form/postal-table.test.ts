import { describe, expect, it } from 'vitest';
import { states } from '../../../../shared/states.ts';
import { findPostalPlace } from './postal-table.ts';

describe('findPostalPlace', () => {
  it.each([
    ['01310-100', { state: 'SP', city: 'São Paulo' }],
    ['08240000', { state: 'SP', city: 'São Paulo' }],
    ['20040-002', { state: 'RJ', city: 'Rio de Janeiro' }],
    ['70040-010', { state: 'DF', city: 'Brasília' }],
    ['72800-000', { state: 'GO' }],
    ['69900-062', { state: 'AC', city: 'Rio Branco' }],
    ['17800-000', { state: 'SP' }],
    // The first of the next municipality: Delta is not Uberaba, Indaial not Blumenau.
    ['38107-999', { state: 'MG', city: 'Uberaba' }],
    ['38108-000', { state: 'MG' }],
    ['89079-999', { state: 'SC', city: 'Blumenau' }],
    ['89080-000', { state: 'SC', city: 'Indaial' }],
    ['69924-999', { state: 'AC', city: 'Rio Branco' }],
    ['69925-000', { state: 'AC' }],
  ])('%s', (postalCode, place) => {
    expect(findPostalPlace(postalCode)).toEqual(place);
  });

  it('knows nothing of what is not a CEP', () => {
    expect(findPostalPlace('')).toBeUndefined();
    expect(findPostalPlace('0131')).toBeUndefined();
    expect(findPostalPlace('00000-000')).toBeUndefined();
  });

  it('covers every state, and names no other', () => {
    const seen = new Set<string | undefined>();
    for (let prefix = 1000; prefix <= 99_999; prefix += 1)
      seen.add(findPostalPlace(`${String(prefix).padStart(5, '0')}000`)?.state);
    seen.delete(undefined);
    expect([...seen].sort()).toEqual([...states]);
  });
});
