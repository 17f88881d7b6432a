import fc from 'fast-check';
import { expect, it } from 'vitest';
import { postalCode, state } from './address.ts';
import { formatPostalCode } from './format.ts';
import { states } from './states.ts';

it('takes a CEP as people write it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{8}$/), (digits) => {
      const [a, b, c] = [digits.slice(0, 2), digits.slice(2, 5), digits.slice(5)];
      for (const spelling of [
        digits,
        `${a}${b}-${c}`,
        `${a}.${b}-${c}`,
        `${a}${b} ${c}`,
        ` ${a}${b}-${c} `,
        formatPostalCode(digits),
      ])
        expect(postalCode.parse(spelling)).toBe(digits);
    }),
  );
});

it.each([
  '',
  '0131010',
  '013101000',
  '01310--100',
  '0131-0100',
  '01310-10a',
  '０１３１０１００',
  '01310-100, São Paulo',
])('refuses %j as a CEP, with one reason', (text) => {
  expect(postalCode.safeParse(text).error?.issues.map(({ message }) => message)).toEqual(['invalid_postal_code']);
});

it('shows a CEP with its hyphen', () => {
  expect(formatPostalCode('01310100')).toBe('01310-100');
});

it('knows the 27 states by their two letters alone', () => {
  expect(new Set(states).size).toBe(27);
  for (const code of states) expect(state.parse(code)).toBe(code);
  for (const other of ['sp', 'XX', 'São Paulo', ''])
    expect(state.safeParse(other).error?.issues.map(({ message }) => message)).toEqual(['invalid_state']);
});
