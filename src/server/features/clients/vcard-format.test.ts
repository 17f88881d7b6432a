import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFile } from '../imports/testing/read-file.ts';
import { type Contact, escapeText, fold, writeVcard } from './vcard-format.ts';

const nobody: Contact = {
  firstName: 'Ana',
  lastName: 'Prado',
  phone: '+5511987650001',
  secondaryPhone: null,
  email: null,
  dateOfBirth: null,
  address: {
    postalCode: null,
    street: null,
    number: null,
    complement: null,
    neighborhood: null,
    city: null,
    state: null,
  },
};

/** Characters with a meaning in the format, and letters of several bytes. */
const text = fc
  .array(fc.constantFrom(...Array.from('aB ;,:\\"\'=+nN😀ãé漢\u0301-'), 'END:VCARD', '\\n'), {
    minLength: 1,
    maxLength: 60,
  })
  .map((signs) => `x${signs.join('')}x`);
const oneLine = (value: string): string => value.split(/\s+/).join(' ').trim();

describe('a contact as a vCard', () => {
  it('has lines of 75 bytes at most, none of which divides a character or ends the card early', () => {
    fc.assert(
      fc.property(text, text, (firstName, lastName) => {
        const card = writeVcard({ ...nobody, firstName, lastName });
        const lines = card.split('\r\n');
        expect(lines.at(-1)).toBe('');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75 && line.isWellFormed())).toBe(true);
        expect(lines.filter((line) => line === 'END:VCARD')).toHaveLength(1);
        expect(card.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (first, last) => {
        const [firstName, lastName] = [oneLine(first), oneLine(last)];
        const { taken } = await readFile(writeVcard({ ...nobody, firstName, lastName }));
        expect(taken[0]?.values).toEqual({ firstName, lastName, phone: '+5511987650001' });
      }),
      { numRuns: 60 },
    );
  });

  it('folds and escapes so that unfolding and unescaping give the text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        const line = `NOTE:${escapeText(value)}`;
        expect(fold(line).replaceAll('\r\n ', '')).toBe(line);
        const back = line.slice(5).replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
        expect(back).toBe(value.replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '\n').replace(/(?!\n)\p{Cc}/gu, ''));
      }),
    );
  });
});
