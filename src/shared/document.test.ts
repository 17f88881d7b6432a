import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { document, parseDocument, withoutDocumentLabel } from './document.ts';
import { formatDocument } from './format.ts';

/** Weights 2, 3, 4… from the right, starting again after `last`. */
const weightedSum = (text: string, last: number): number =>
  Array.from(text)
    .reverse()
    .reduce((sum, character, index) => sum + (character.charCodeAt(0) - 48) * (2 + (index % (last - 1))), 0);

/** Module 11, remainders 0 and 1 giving 0: written from the definition, apart from the library that is tested. */
function withCheckDigits(base: string, last: number): string {
  const digitOf = (text: string) => {
    const remainder = weightedSum(text, last) % 11;
    return remainder < 2 ? '0' : String(11 - remainder);
  };
  const first = digitOf(base);
  return `${base}${first}${digitOf(base + first)}`;
}

const notOneCharacter = (text: string) => new Set(text).size > 1;
const cpfs = fc
  .stringMatching(/^\d{9}$/)
  .filter(notOneCharacter)
  .map((base) => withCheckDigits(base, 11));
const numericCnpjs = fc
  .stringMatching(/^\d{12}$/)
  .filter(notOneCharacter)
  .map((base) => withCheckDigits(base, 9));
const cnpjs = fc
  .stringMatching(/^[0-9A-Z]{12}$/)
  .filter(notOneCharacter)
  .map((base) => withCheckDigits(base, 9));
const documents = fc.oneof(cpfs, numericCnpjs, cnpjs);

const isValid = (text: string) => 'value' in parseDocument(text);
const replaceAt = (text: string, index: number, character: string) =>
  text.slice(0, index) + character + text.slice(index + 1);

describe('documents that exist', () => {
  it.each([
    ['529.982.247-25', '52998224725'],
    ['52998224725', '52998224725'],
    [' 529 982 247 25 ', '52998224725'],
    ['11.222.333/0001-81', '11222333000181'],
    ['12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['12ABC34501DE35', '12ABC34501DE35'],
    ['12abc34501de35', '12ABC34501DE35'],
    ['CPF 529.982.247-25', '52998224725'],
    ['cpf: 52998224725', '52998224725'],
    ['CPF52998224725', '52998224725'],
    ['CPF nº 529.982.247-25', '52998224725'],
    ['CNPJ: 12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['CPF/CNPJ 11.222.333/0001-81', '11222333000181'],
  ])('%j is %s', (text, value) => {
    expect(parseDocument(text)).toEqual({ value });
  });

  it('may begin with the letters of the words before them', () => {
    const real = withCheckDigits('CPF529982247', 9);
    expect(parseDocument(real)).toEqual({ value: real });
    expect(withoutDocumentLabel(real)).toBe(real);
  });

  it('are taken as they are and as people write them', () => {
    fc.assert(
      fc.property(documents, (value) => {
        expect(parseDocument(value)).toEqual({ value });
        expect(parseDocument(formatDocument(value))).toEqual({ value });
        expect(parseDocument(formatDocument(value).toLowerCase())).toEqual({ value });
      }),
    );
  });

  it('are written with the usual punctuation', () => {
    expect(formatDocument('52998224725')).toBe('529.982.247-25');
    expect(formatDocument('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
  });
});

describe('documents that do not', () => {
  it.each([
    ['52998224724', 'invalid_cpf'],
    ['11111111111', 'invalid_cpf'],
    ['12ABC34501DE34', 'invalid_cnpj'],
    ['00000000000000', 'invalid_cnpj'],
    ['AAAAAAAAAAAA00', 'invalid_cnpj'],
    ['', 'invalid_document'],
    ['5299822472', 'invalid_document'],
    ['529982247255', 'invalid_document'],
    ['CPF 529.982.247-24', 'invalid_cpf'],
    ['CPF52998224724', 'invalid_cpf'],
    ['CPF', 'invalid_document'],
    ['RG 529.982.247-25', 'invalid_document'],
    ['12ABC34501DEA5', 'invalid_document'],
    ['５２９９８２２４７２５', 'invalid_document'],
    ['529_982_247_25', 'invalid_document'],
  ] as const)('%j is %s', (text, error) => {
    expect(parseDocument(text)).toEqual({ error });
  });

  it('are not made valid by upper case of other alphabets', () => {
    const real = withCheckDigits('S2ABC34501DE', 9);
    expect(isValid(real)).toBe(true);
    expect(parseDocument(real.replace('S', 'ſ'))).toEqual({ error: 'invalid_document' });
  });

  it('are those with another check digit', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 9 }), (value, place, shift) => {
        const index = value.length - place;
        expect(isValid(replaceAt(value, index, String((Number(value[index]) + shift) % 10)))).toBe(false);
      }),
    );
  });

  // A first check digit 0 stands for two remainders, so the official sums themselves miss a few slips there.
  it('are those with one digit changed, wherever the check digits can tell', () => {
    const telling = fc.oneof(cpfs, numericCnpjs, cnpjs).filter((value) => value.at(-2) !== '0');
    fc.assert(
      fc.property(telling, fc.nat({ max: 13 }), fc.integer({ min: 1, max: 9 }), (value, place, shift) => {
        const index = place % value.length;
        fc.pre(/\d/.test(value[index] ?? ''));
        expect(isValid(replaceAt(value, index, String((Number(value[index]) + shift) % 10)))).toBe(false);
      }),
    );
  });

  it('agree with the definition for any digits and letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\d{11}|[0-9A-Z]{12}\d{2})$/), (text) => {
        const official = withCheckDigits(text.slice(0, -2), text.length === 11 ? 11 : 9);
        expect(isValid(text)).toBe(official === text && notOneCharacter(text.slice(0, -2)));
      }),
    );
  });

  it('never make it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(Object.keys(parseDocument(text))).toHaveLength(1);
      }),
    );
  });
});

describe('the schema', () => {
  it('gives the value without punctuation, or the reason as its only message', () => {
    expect(document.parse('529.982.247-25')).toBe('52998224725');
    expect(document.safeParse('123').error?.issues.map(({ message }) => message)).toEqual(['invalid_document']);
    expect(document.safeParse('52998224724').error?.issues.map(({ message }) => message)).toEqual(['invalid_cpf']);
  });
});
