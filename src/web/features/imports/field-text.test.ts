import { expect, it } from 'vitest';
import { fieldText, spreadChanges } from './field-text.ts';

it.each([
  ['phone', '+5511987654321', '(11) 98765-4321'],
  ['document', '52998224725', '529.982.247-25'],
  ['dateOfBirth', '1990-03-15', '15/03/1990'],
  ['address.postalCode', '01310100', '01310-100'],
  ['tags', ['vip', 'retorno'], 'vip, retorno'],
  ['notes', 'como está', 'como está'],
  ['email', null, ''],
])('shows %s as people read it', (field, value, shown) => {
  expect(fieldText(field, value)).toBe(shown);
});

it('shows extra fields one by one, only those that differ', () => {
  const from = { Indicação: 'Ana', Plano: 'Ouro' };
  const to = { Indicação: 'Ana', Plano: 'Prata', Cor: 'azul' };
  const email = { field: 'email', from: null, to: 'a@b.test' };
  expect(spreadChanges([email, { field: 'extra', from, to }])).toEqual([
    email,
    { field: 'Plano', from: 'Ouro', to: 'Prata' },
    { field: 'Cor', from: null, to: 'azul' },
  ]);
  expect(spreadChanges([{ field: 'extra', from: null, to: { Cor: 'azul' } }])).toEqual([
    { field: 'Cor', from: null, to: 'azul' },
  ]);
});
