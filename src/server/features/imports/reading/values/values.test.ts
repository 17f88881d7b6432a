import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFields } from '../../../../../shared/client-fields.ts';
import { parseOldMobile } from '../../../../../shared/phone.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';
import { foldHeader } from '../headers/header-names.ts';
import { readers } from './values.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: min, maxLength: max });
const letters = fc.string({ unit: 'grapheme', maxLength: 30 });
const latin = fc.string({
  unit: fc.constantFrom(...Array.from('aZ09 .-_+@çãÉ’“"\'\t\n\u00a0\u00ad\u2028/()')),
  maxLength: 25,
});
const telephone = fc
  .tuple(fc.constantFrom('', '+55', '+55 ', '55', '0'), digits(2, 2), fc.constantFrom('', '9', '3', '7'), digits(7, 8))
  .chain(([country, area, lead, rest]) =>
    fc.constantFrom(
      `${country}${area}${lead}${rest}`,
      `${country}(${area}) ${lead}${rest.slice(0, 4)}-${rest.slice(4)}`,
      `${country}${area} ${lead}${rest.slice(0, -4)}.${rest.slice(-4)}`,
    ),
  );
const date = fc
  .tuple(fc.integer({ min: 1840, max: 2040 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map(([y, m, d]) => `${String(y)}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const mail = fc.oneof(
  fc.emailAddress(),
  fc.tuple(latin, latin).map(([a, b]) => `${a}@${b}.br`),
);
const long = fc.integer({ min: 0, max: 210 }).map((length) => 'é'.repeat(length));

describe('readers', () => {
  it.each(textFields)('%s reads what the contract reads', (field) => {
    const cell = fc.oneof(letters, latin, digits(7, 15), telephone, date, mail, long, fc.constantFrom('SP', 'XX'));
    // Spellings that the reader corrects before the contract checks them are tested below.
    const mended = (text: string): boolean =>
      (/phone$/i.test(field) && parseOldMobile(text) !== undefined) ||
      (field.endsWith('ocument') && /^(?:\d{9,10}|\d{12,13})$/.test(text)) ||
      (field === 'address.postalCode' && /^\d{4}-?\d{3}$/.test(text)) ||
      (field === 'address.state' && foldHeader(text).replace('_', '').length === 2) ||
      (field === 'dateOfBirth' &&
        /^(?:\d+[-/.]\d+[-/.]\d+|\d{7,8}$)/.test(text) &&
        !/^(?!1899|1900|1901|1904)\d{4}-\d{2}-\d{2}$/.test(text));
    fc.assert(
      fc.property(cell, (text) => {
        fc.pre(!mended(text));
        expect(readers[field](text)).toEqual(parseByContract(field, text));
      }),
      { numRuns: 1500 },
    );
  });

  it('tells every valid CPF from every other', () => {
    fc.assert(
      fc.property(digits(9, 9), fc.integer({ min: 0, max: 99 }), (base, check) => {
        const text = `${base}${String(check).padStart(2, '0')}`;
        expect(readers.document(text)).toEqual(parseByContract('document', text));
      }),
      { numRuns: 3000 },
    );
    for (let base = 0; base < 200; base++)
      for (let check = 0; check < 100; check++) {
        const text = `52998${String(base).padStart(4, '0')}${String(check).padStart(2, '0')}`;
        expect(typeof readers.document(text)).toBe(typeof parseByContract('document', text));
      }
  });

  it.each([
    ['document', '8765432-0', 'invalid_document'],
    ['document', '52998224726', 'invalid_cpf'],
    ['document', '052998224725', 'invalid_document'],
    ['document', 'CPF 529.982.247-24', 'invalid_cpf'],
    ['phone', '98765-4321', 'invalid_phone'],
    ['email', 'ana@', 'invalid_email'],
    ['dateOfBirth', '31/02/1990', 'invalid_date'],
    ['dateOfBirth', '31/02/12', 'invalid_date'],
    ['dateOfBirth', '31/02/90', 'invalid_date'],
    ['phone', '(10) 8765-4321', 'invalid_phone'],
    ['dateOfBirth', '5 de maço de 1980', 'invalid_date'],
    ['dateOfBirth', '1980', 'invalid_date'],
    ['dateOfBirth', '2999-01-01', 'date_in_future'],
    ['address.state', 'Lisboa', 'invalid_state'],
    ['address.state', 'SP - Paraná', 'invalid_state'],
    ['address.postalCode', '0131010', 'invalid_postal_code'],
    ['firstName', '​', 'blank'],
    ['sex', 'x'.repeat(41), 'too_long'],
  ] as const)('refuses %s %s as %s', (field, text, code) => {
    expect(readers[field](text)).toEqual(new ValueProblem(code));
  });

  it.each([
    ['document', '529.982.247-25', '52998224725'],
    ['document', '3467387098', '03467387098'],
    ['document', 'CPF 529.982.247-25', '52998224725'],
    ['document', 'CPF: 3467387098', '03467387098'],
    ['document', '12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['phone', '(0xx11) 98765-4321', '+5511987654321'],
    ['phone', '11 98765.4321', '+5511987654321'],
    ['dateOfBirth', '5/3/1980', '1980-03-05'],
    ['dateOfBirth', '01/02/12', '2012-02-01'],
    ['phone', '(11) 8765-4321', '+5511987654321'],
    ['phone', '+55 11 9876-5432', '+5511998765432'],
    ['dateOfBirth', '05/03/80', '1980-03-05'],
    ['dateOfBirth', '05.03.1980', '1980-03-05'],
    ['dateOfBirth', '1980-03-05T00:00:00.000Z', '1980-03-05'],
    ['dateOfBirth', '05/03/1980 00:00', '1980-03-05'],
    ['dateOfBirth', '05 / 03 / 1980', '1980-03-05'],
    ['dateOfBirth', '5 de março de 1980', '1980-03-05'],
    ['dateOfBirth', '05/mar/1980', '1980-03-05'],
    ['dateOfBirth', '05-mar-80', '1980-03-05'],
    ['dateOfBirth', '29285', '1980-03-05'],
    ['phone', '11987654321.0', '+5511987654321'],
    ['document', '3467387098.0', '03467387098'],
    ['address.postalCode', '1310100', '01310100'],
    ['address.postalCode', '1310-100', '01310100'],
    ['address.state', 'são paulo', 'SP'],
    ['address.state', 'rj', 'RJ'],
    ['address.state', 'S.P.', 'SP'],
    ['address.state', 'SP - São Paulo', 'SP'],
    ['address.state', 'Mato Grosso do Sul (MS)', 'MS'],
    ['address.state', 'Estado do Pará', 'PA'],
  ] as const)('mends %s %s to %s', (field, text, value) => {
    expect(readers[field](text)).toBe(value);
  });
});
