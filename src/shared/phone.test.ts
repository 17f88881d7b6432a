import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completePhone, formatPhone, parsePhone, phone, readLocalPhone } from './phone.ts';

const areaCodes = [
  11, 19, 21, 24, 27, 31, 38, 41, 47, 51, 55, 61, 62, 63, 65, 67, 68, 69, 71, 79, 81, 85, 91, 92, 95, 98,
];
const areas = fc.constantFrom(...areaCodes.map(String));
const mobiles = fc.stringMatching(/^9[6-9]\d{7}$/);
const landlines = fc.stringMatching(/^3[2-5]\d{6}$/);

/** One Brazilian number in the spellings that people use. */
function spellingsOf(area: string, number: string): string[] {
  const head = number.slice(0, -4);
  const tail = number.slice(-4);
  return [
    `${area}${number}`,
    `(${area}) ${head}-${tail}`,
    `(${area})${head}${tail}`,
    `${area} ${head} ${tail}`,
    `${area}.${head}.${tail}`,
    `0${area} ${head}-${tail}`,
    `(0${area}) ${head}-${tail}`,
    `(0xx${area}) ${head}-${tail}`,
    `0XX${area} ${head}-${tail}`,
    `0 15 ${area} ${head}-${tail}`,
    `+55 ${area} ${head}-${tail}`,
    `+55(${area})${head}${tail}`,
    `55${area}${number}`,
    `  ${area} ${head}–${tail} `,
  ];
}

describe('Brazilian numbers', () => {
  it('are one number in every usual spelling', () => {
    fc.assert(
      fc.property(areas, fc.oneof(mobiles, landlines), (area, number) => {
        for (const spelling of spellingsOf(area, number))
          expect([spelling, parsePhone(spelling)]).toEqual([spelling, `+55${area}${number}`]);
      }),
      { numRuns: 60 },
    );
  });

  it('are read back from how they are shown', () => {
    fc.assert(
      fc.property(areas, fc.oneof(mobiles, landlines), (area, number) => {
        expect(parsePhone(formatPhone(`+55${area}${number}`))).toBe(`+55${area}${number}`);
      }),
    );
  });

  it.each([
    ['+5511987654321', '(11) 98765-4321'],
    ['+551134567890', '(11) 3456-7890'],
    ['+558001234567', '0800 123 4567'],
  ])('%s is shown as %s', (e164, shown) => {
    expect(formatPhone(e164)).toBe(shown);
  });

  it.each([
    '987654321',
    '11 8765-4321',
    '11 98765-432',
    '11 998765-4321',
    '(20) 98765-4321',
    '190',
    '00000000000',
    '',
    '   ',
  ])('%j is none: the area code or a digit is missing or too many', (text) => {
    expect(parsePhone(text)).toBeUndefined();
  });
});

describe('foreign numbers', () => {
  it.each([
    ['+351 912 345 678', '+351912345678', '+351 912 345 678'],
    ['+1 (212) 555-2368', '+12125552368', '+1 212 555 2368'],
    ['+54 9 11 2345-6789', '+5491123456789', '+54 9 11 2345 6789'],
    ['+595 981 123456', '+595981123456', '+595 981 123456'],
  ])('%j is %s, shown as %s', (text, e164, shown) => {
    expect(parsePhone(text)).toBe(e164);
    expect(formatPhone(e164)).toBe(shown);
    expect(parsePhone(shown)).toBe(e164);
  });

  it.each(['+351 91234', '+999 123456789', '+1 555'])('%j cannot exist', (text) => {
    expect(parsePhone(text)).toBeUndefined();
  });
});

describe('a field', () => {
  it.each([
    'recado com Maria (11) 98765-4321',
    '(11) 98765-4321 ou 3456-7890',
    '(11) 98765-4321 / (11) 91234-5678',
    '(11) 98765-4321 ramal 12',
    '11987654321;ext=5',
  ])('refuses %j, of which a part would be lost', (text) => {
    expect(parsePhone(text)).toBeUndefined();
  });

  it('gives E.164 or one reason', () => {
    expect(phone.parse('11 98765 4321')).toBe('+5511987654321');
    expect(phone.safeParse('123').error?.issues.map(({ message }) => message)).toEqual(['invalid_phone']);
    expect(phone.safeParse('1'.repeat(41)).error?.issues.map(({ code }) => code)).toEqual(['too_big']);
  });

  it('never throws and gives nothing but E.164 that reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^[+\d() .-]{0,25}$/)),
        (text) => {
          const parsed = parsePhone(text);
          if (parsed === undefined) return;
          expect(parsed).toMatch(/^\+[1-9]\d{4,14}$/);
          expect(parsePhone(parsed)).toBe(parsed);
          expect(parsePhone(formatPhone(parsed))).toBe(parsed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('shows what is not a number as it is', () => {
    expect(formatPhone('sem telefone')).toBe('sem telefone');
  });
});

describe('numbers without an area code', () => {
  it.each([
    ['987654321', '987654321', '+5519987654321'],
    ['9 8765-4321', '987654321', '+5519987654321'],
    ['3222-1111', '32221111', '+551932221111'],
    // A number of the whole country.
    ['4004-1234', '40041234', '+5540041234'],
    ['(11) 98765-4321', undefined, '+5511987654321'],
    ['98765-432', undefined, undefined],
    ['8765-4321', undefined, undefined],
    ['190', undefined, undefined],
  ])('%s has the digits %s and becomes %s', (written, digits, completed) => {
    expect([readLocalPhone(written), completePhone(written, '19')]).toEqual([digits, completed]);
  });

  it('stay what they are where no area code is known', () => {
    expect(completePhone('987654321', null)).toBeUndefined();
  });
});
