import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mask, maskDate, maskDocument, maskPhone, maskPostalCode, applyMask } from './field-masks.ts';

/** Types one key at a time at the end of a field. */
const typeAll = (mask: Mask, keys: string): string => {
  let typed = { text: '', caret: 0 };
  for (const key of keys) {
    const text = typed.text.slice(0, typed.caret) + key + typed.text.slice(typed.caret);
    typed = applyMask(mask, { text, caret: typed.caret + 1 });
  }
  return typed.text;
};

describe('masks while typing', () => {
  it.each([
    [maskPhone, '11987654321', '(11) 98765-4321'],
    [maskPhone, '1134567890', '(11) 3456-7890'],
    [maskPhone, '11', '11'],
    [maskPhone, '+14155552671', '+14155552671'],
    [maskPhone, '5511987654321', '5511987654321'],
    [maskDocument, '52998224725', '529.982.247-25'],
    [maskDocument, '11222333000181', '11.222.333/0001-81'],
    [maskDocument, '12abc34501de35', '12.ABC.345/01DE-35'],
    [maskPostalCode, '01310100', '01310-100'],
    [maskDate, '05031981', '05/03/1981'],
    [maskDate, '5/3/1981', '5/3/1981'],
    [maskDate, '05/03/1981', '05/03/1981'],
    [maskPhone, '(11) 98765-4321', '(11) 98765-4321'],
    [maskDocument, '529.982.247-25', '529.982.247-25'],
    [maskPostalCode, '01310-100', '01310-100'],
    [maskDate, '05/', '05/'],
    [maskDocument, '529.', '529.'],
    [maskPhone, '(', '('],
  ])('%o %s', (mask, keys, expected) => {
    expect(typeAll(mask, keys)).toBe(expected);
  });

  it('takes what was pasted with its punctuation', () => {
    expect(maskPhone('11 98765 4321')).toBe('(11) 98765-4321');
    expect(maskDocument('529982247-25')).toBe('529.982.247-25');
    expect(maskPostalCode('01.310-100')).toBe('01310-100');
  });

  it('leaves alone what it does not understand', () => {
    expect(maskPhone('11 98765-4321 ramal 2')).toBe('11 98765-4321 ramal 2');
    expect(maskDocument('isento, é')).toBe('isento, é');
    expect(maskPostalCode('sem CEP')).toBe('sem CEP');
    expect(maskDate('março de 1981')).toBe('março de 1981');
  });

  it('never loses a letter or digit, and masking twice changes nothing', () => {
    const content = (text: string) => text.replace(/[^\dA-Za-z]/g, '').toUpperCase();
    for (const mask of [maskPhone, maskDocument, maskPostalCode, maskDate])
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d./() -]{0,20}$/)), (text) => {
          expect(content(mask(text))).toBe(content(text));
          expect(mask(mask(text))).toBe(mask(text));
        }),
      );
  });
});

describe('applyMask', () => {
  it('keeps the caret at a correction in the middle', () => {
    // (11) 98|65-4321 with 7 typed at the bar
    expect(applyMask(maskPhone, { text: '(11) 98765-432', caret: 8 })).toEqual({ text: '(11) 98765-432', caret: 8 });
    expect(applyMask(maskPostalCode, { text: '0131-0100', caret: 3 })).toEqual({ text: '01310-100', caret: 3 });
  });

  it('lets a separator be deleted without jumping to the end', () => {
    expect(applyMask(maskPostalCode, { text: '01310100', caret: 5 })).toEqual({ text: '01310-100', caret: 5 });
  });

  it('stays at the end when typing at the end', () => {
    expect(applyMask(maskPostalCode, { text: '013101', caret: 6 })).toEqual({ text: '01310-1', caret: 7 });
  });
});
