import { expect, it } from 'vitest';
import { findHiddenMatch } from './hidden-match.ts';

const rosa = {
  firstName: 'Rosa',
  lastName: 'Lima',
  socialName: null,
  phone: '+5511987654321',
  email: 'floricultura@exemplo.com.br',
  document: '52998224725',
  secondaryPhone: '+551132227788',
  guardianName: 'Gisela Antão',
  guardianPhone: '+5521912345678',
  dateOfBirth: '1980-12-31',
  city: 'São Paulo',
  tags: ['retorno', 'pé de risco'],
};

it.each([
  ['flori', { field: 'email', text: 'floricultura@exemplo.com.br' }],
  ['rosa exemplo', { field: 'email', text: 'floricultura@exemplo.com.br' }],
  ['529.982', { field: 'document', text: '529.982.247-25' }],
  ['rosa gisela', { field: 'guardian', text: 'Gisela Antão' }],
  ['3222', { field: 'phone', text: '(11) 3222-7788' }],
  ['91234-5678', { field: 'phone', text: '(21) 91234-5678' }],
  ['31/12', { field: 'birth', text: '31/12/1980' }],
  ['1980-12-31', { field: 'birth', text: '31/12/1980' }],
  ['30/12', undefined],
  ['rosa', undefined],
  ['98765', undefined],
  ['ex', undefined],
  ['rosi', undefined],
  ['retorno', { field: 'tag', text: 'retorno' }],
  ['rosa PÉ DE RISCO', { field: 'tag', text: 'pé de risco' }],
  ['retorn', undefined],
  ['sao paulo', { field: 'place', text: 'São Paulo' }],
  ['lima sao paulo', { field: 'place', text: 'São Paulo' }],
  ['paulo', undefined],
  ['jisela', { field: 'guardian', text: 'Gisela Antão' }],
  ['roza', undefined],
  ['', undefined],
])('“%s”', (query, expected) => {
  expect(findHiddenMatch(rosa, query)).toEqual(expected);
});

it('tells the civil name of who has a nome social only when that was searched for', () => {
  const roberta = { ...rosa, firstName: 'Roberto', lastName: 'Sant’Anna', socialName: 'Roberta' };
  expect(findHiddenMatch(roberta, 'roberto')).toEqual({ field: 'civilName', text: 'Roberto Sant’Anna' });
  for (const query of ['robert', 'roberta', 'anna', '']) expect(findHiddenMatch(roberta, query)).toBeUndefined();
});

it('does not repeat a tag that the row shows, nor a city that is also the name', () => {
  expect(findHiddenMatch(rosa, 'retorno', ['retorno'])).toBeUndefined();
  expect(findHiddenMatch(rosa, 'retorno sao paulo', ['retorno'])).toEqual({ field: 'place', text: 'São Paulo' });
  expect(findHiddenMatch({ ...rosa, lastName: 'Santos', city: 'Santos' }, 'santos')).toBeUndefined();
});
