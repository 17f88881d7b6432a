import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markDigits, markWords, type TextRun } from './highlight.ts';

const marked = (runs: readonly TextRun[]): string[] => runs.filter((run) => run.marked).map((run) => run.text);

describe('markWords', () => {
  it('finds letters whatever their accent and case', () => {
    expect(markWords('João Gonçalves', 'GONCAL')).toEqual([
      { text: 'João ', marked: false },
      { text: 'Gonçal', marked: true },
      { text: 'ves', marked: false },
    ]);
  });

  it('finds words in any order, and each place they are in', () => {
    expect(marked(markWords('Ana Mariana Souza', 'souza ana'))).toEqual(['Ana', 'ana', 'Souza']);
  });

  it('takes a decomposed accent along with its letter', () => {
    const decomposed = 'João'.normalize('NFD');
    expect(marked(markWords(decomposed, 'joao'))).toEqual([decomposed]);
  });

  it('keeps its place after letters that fold to several', () => {
    expect(marked(markWords('Eﬃe Sousa', 'sousa'))).toEqual(['Sousa']);
  });

  it('marks the shared beginning of a slip', () => {
    expect(marked(markWords('Rita Gonçalves', 'Goncalvez'))).toEqual(['Gonçalve']);
  });

  it('marks nothing for an empty search or a stranger', () => {
    expect(marked(markWords('Ana', '  '))).toEqual([]);
    expect(marked(markWords('Ana', 'zé'))).toEqual([]);
  });

  it('never loses or invents text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (source, query) => {
        const text = (runs: readonly TextRun[]) => runs.map((run) => run.text).join('');
        expect(text(markWords(source, query))).toBe(source);
        expect(text(markDigits(source, query))).toBe(source);
      }),
    );
  });
});

describe('markDigits', () => {
  it('bridges punctuation', () => {
    expect(marked(markDigits('(11) 98765-4321', '765 43'))).toEqual(['765-43']);
  });

  it('leaves alone what is not a number search', () => {
    expect(marked(markDigits('(11) 98765-4321', '11'))).toEqual([]);
    expect(marked(markDigits('(11) 98765-4321', 'ana 987'))).toEqual([]);
  });
});
