import { expect, it } from 'vitest';
import { fillAddress } from './fill-address.ts';
import { emptyValues } from './form-model.ts';

const place = { state: 'SP', city: 'São Paulo', neighborhood: 'Bela Vista', street: 'Avenida Paulista' };
const addressOf = (values: typeof emptyValues) =>
  (['street', 'neighborhood', 'city', 'state'] as const).map((part) => values[`address.${part}`]);

it('an address is filled in where nobody typed anything', () => {
  expect(addressOf(fillAddress(emptyValues, place, undefined))).toEqual([
    'Avenida Paulista',
    'Bela Vista',
    'São Paulo',
    'SP',
  ]);
  const typed = { ...emptyValues, 'address.street': 'Av. Paulista, fundos', 'address.city': 'Sao Paulo' };
  expect(addressOf(fillAddress(typed, place, undefined))).toEqual([
    'Av. Paulista, fundos',
    'Bela Vista',
    'Sao Paulo',
    'SP',
  ]);
});

it('what an earlier CEP filled in makes way for the next one, what was typed does not', () => {
  const filled = { ...fillAddress(emptyValues, place, undefined), 'address.neighborhood': 'Centro' };
  expect(addressOf(fillAddress(filled, { state: 'RJ', city: 'Niterói' }, place))).toEqual([
    '',
    'Centro',
    'Niterói',
    'RJ',
  ]);
});
