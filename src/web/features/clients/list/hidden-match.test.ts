import { expect, it } from 'vitest';
import { findHiddenMatch } from './hidden-match.ts';

const rosa = {
  firstName: 'Rosa',
  lastName: 'Lima',
  socialName: null,
  phone: '+5511987654321',
  email: 'floricultura@exemplo.com.br',
  document: '52998224725',
};

it.each([
  ['flori', { field: 'email', text: 'floricultura@exemplo.com.br' }],
  ['rosa exemplo', { field: 'email', text: 'floricultura@exemplo.com.br' }],
  ['529.982', { field: 'document', text: '529.982.247-25' }],
  ['rosa', undefined],
  ['98765', undefined],
  ['ex', undefined],
  ['rosi', undefined],
  ['', undefined],
])('“%s”', (query, expected) => {
  expect(findHiddenMatch(rosa, query)).toEqual(expected);
});
