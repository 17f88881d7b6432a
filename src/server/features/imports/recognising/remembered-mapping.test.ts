import { describe, expect, it } from 'vitest';
import { withoutLosses } from './remembered-mapping.ts';

describe('a remembered mapping', () => {
  it('leaves out nothing that the columns say by themselves, and keeps the rest', () => {
    const headers = ['Nome', 'Telefone', 'CPF', 'Cor', 'Fone', 'Fone', 'id'];
    const mapping = {
      Nome: 'firstName',
      Telefone: 'ignore',
      CPF: 'extra',
      Cor: 'ignore',
      'Fone (2)': 'ignore',
      id: 'ignore',
      A: 'notes',
    };
    expect(withoutLosses(mapping, headers)).toEqual({
      Nome: 'firstName',
      Cor: 'extra',
      'Fone (2)': 'extra',
      id: 'extra',
      A: 'notes',
    });
  });

  it('is none where it says nothing', () => {
    expect(withoutLosses({ CPF: 'ignore' }, ['CPF'])).toBeUndefined();
    expect(withoutLosses(undefined, ['CPF'])).toBeUndefined();
  });
});
