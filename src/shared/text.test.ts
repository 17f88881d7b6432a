import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { multilineText, name, singleLineText } from './text.ts';

const messagesOf = (schema: ReturnType<typeof name>, value: string) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

const characters = fc.string({ unit: 'binary', maxLength: 30 });
const control = String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]`;

describe('text', () => {
  it('is given back exactly, whatever language it is in', () => {
    fc.assert(
      fc.property(characters, (value) => {
        fc.pre(!new RegExp(control).test(value) && !value.includes('\ufffd'));
        expect(multilineText(100).parse(value)).toBe(value);
      }),
    );
  });

  it('is refused with a control character, wherever it stands', () => {
    fc.assert(
      fc.property(characters, fc.stringMatching(new RegExp(`^${control}$`)), characters, (before, bad, after) => {
        expect(messagesOf(multilineText(100), before + bad + after)).toContain('invalid_text');
      }),
    );
  });

  it('is refused when letters were lost on the way', () => {
    expect(messagesOf(multilineText(10), 'Jana\ufffdna')).toEqual(['damaged_text']);
  });

  it.each(['\ud800', 'a\udc00b', '\ude00\ud83d'])('is refused when it is not Unicode: %j', (value) => {
    expect(messagesOf(multilineText(10), value)).toEqual(['invalid_text']);
  });

  it.each(['\t', '\n', '\r', '\u0085', '\u2028', '\u2029'])('of one line has no %j', (line) => {
    expect(messagesOf(singleLineText(10), `a${line}b`)).toEqual(['invalid_text']);
    expect(messagesOf(multilineText(10), `a${line}b`)).toBeUndefined();
  });

  it('has a greatest length in code points', () => {
    expect(messagesOf(singleLineText(2), '😀é')).toBeUndefined();
    expect(singleLineText(2).safeParse('😀😀😀').error?.issues[0]?.code).toBe('too_big');
  });
});

describe('a name', () => {
  it.each(['Zoë', 'محمد', '李小龙', "O'Neil", 'Æther-9', '😀', '.', '  espaço nas pontas ', 'n\u0303', '👩‍👩‍👧', 'क्षि'])(
    'may be %j',
    (value) => {
      expect(name(50).parse(value)).toBe(value);
    },
  );

  it.each([
    '',
    ' ',
    '\u00a0',
    '\u200b',
    '\u200d\u200d',
    '\ufeff',
    '\u00ad',
    '\u3164',
    '\u2800',
    '\u3000',
    '\u2060 \u180e',
  ])('is more than the nothing of %j', (value) => {
    expect(messagesOf(name(50), value)).toEqual(['blank']);
  });
});

describe('folded text', () => {
  it.each([
    ['Gonçalves', 'goncalves'],
    ['ÁGATA', 'agata'],
    ['Müller', 'muller'],
    ['İstanbul', 'istanbul'],
    ['ﬁm', 'fim'],
    ['Ｊｏｓé', 'jose'],
  ])('of %s is %s', (value, folded) => {
    expect(foldText(value)).toBe(folded);
  });

  it('is the same however the accents are encoded, and folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const folded = foldText(value);
        expect(foldText(value.normalize('NFC'))).toBe(folded);
        expect(foldText(value.normalize('NFD'))).toBe(folded);
        expect(foldText(folded)).toBe(folded);
      }),
    );
  });
});
