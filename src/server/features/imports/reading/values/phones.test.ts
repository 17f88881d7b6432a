import { describe, expect, it } from 'vitest';
import { ValueProblem } from './contract-fields.ts';
import { parseAreaCode, readNotedPhones, readPhones } from './phones.ts';

describe('readPhones', () => {
  it.each([
    ['(11) 98765-4321 / (21) 3333-4444', undefined, ['+5511987654321', '+552133334444']],
    ['(11) 98765-4321 / 3333-4444', undefined, ['+5511987654321', '+551133334444']],
    ['(11) 98765-4321 / 3333-4444', '21', ['+5511987654321', '+551133334444']],
    ['11987654321;11987654321', undefined, ['+5511987654321']],
    ['98765-4321 ou 3333.4444', '47', ['+5547987654321', '+554733334444']],
    ['8765 4321', '47', ['+5547987654321']],
    ['9 8765-4321', '47', ['+5547987654321']],
    [
      '(11) 98765-4321\n(11) 3333-4444\n(11) 2222-3333',
      undefined,
      ['+5511987654321', '+551133334444', '+551122223333'],
    ],
    ['11 - 98765-4321', '47', ['+5511987654321']],
    ['+351 912 345 678', '47', ['+351912345678']],
    ['0800 721 2345', '47', ['+558007212345']],
  ] as const)('reads %s with the area code %s', (cell, area, numbers) => {
    expect(readPhones(cell, area)).toEqual(numbers);
  });

  it.each([
    ['98765-4321', undefined],
    ['(11) 98765-4321 / mãe', undefined],
    ['(11) 98765-4321 / 123', undefined],
    ['3222-1111/12', '11'],
    ['1234', '11'],
  ])('refuses %s rather than lose a part of it', (cell, area) => {
    if (cell.endsWith('mãe')) expect(readPhones(cell, area)).toBeInstanceOf(ValueProblem);
    else expect(readPhones(cell, area)).toEqual(new ValueProblem('invalid_phone'));
  });
});

describe('readNotedPhones', () => {
  it.each([
    ['(11) 98765-4321 (mãe)', undefined, ['+5511987654321']],
    ['Cel.: 11 98765-4321 - Maria', undefined, ['+5511987654321']],
    ['Zé: 98765-4321, casa: 3333-4444', '11', ['+5511987654321', '+551133334444']],
    ['11987654321 e Inês', undefined, ['+5511987654321']],
    ['11 cel 98765-4321', '21', ['+5511987654321']],
  ] as const)('reads %s', (cell, area, numbers) => {
    expect(readNotedPhones(cell, area)).toEqual(numbers);
  });

  it.each(['3222-1111 ramal 12', '(11) 98765-4321 após 18h', '3222-1111 r. 12', 'maria@exemplo.com', 'Rua 7'])(
    'refuses %s, whose digits may be something else',
    (cell) => {
      expect(readNotedPhones(cell, '11')).toBeInstanceOf(ValueProblem);
    },
  );
});

describe('parseAreaCode', () => {
  it.each([
    ['11', '11'],
    [' (011) ', '11'],
    ['0xx21', '21'],
    ['47.0', '47'],
    ['10', undefined],
    ['', undefined],
    ['11 98765', undefined],
  ])('%j', (text, code) => {
    expect(parseAreaCode(text)).toBe(code);
  });
});
