import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormulas, unguardFormulas } from './formula-guard.ts';

const text = fc.string({
  unit: fc.constantFrom(...Array.from('=+-@＝＠;,|\t\r\n "\'aé1(')),
  maxLength: 20,
});

describe('the guard of formulas', () => {
  it('comes off again, whatever the text and whatever parts the file', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(',', ';', '\t', '|', undefined), (value, delimiter) => {
        expect(unguardFormulas(guardFormulas(value, delimiter), delimiter)).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves no formula, wherever another sign than the file’s own parts it', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(',', ';', '\t'), (value, delimiter) => {
        const guarded = guardFormulas(value, delimiter);
        for (const sign of [';', ',', '|', '\t'].filter((other) => other !== delimiter))
          for (const line of guarded.split(/\r\n|\r|\n/))
            for (const cell of line.split(sign)) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['Rua A;=HYPERLINK("http://x")', ',', 'Rua A;\'=HYPERLINK("http://x")'],
    ['obs\n=1+1', ',', "obs\n'=1+1"],
    ['obs; \t"=1+1', ',', 'obs; \t"\'=1+1'],
    ['ligar, +55 11', ',', 'ligar, +55 11'],
    ['ligar, +55 11', ';', "ligar, '+55 11"],
    ['＝1+1', ',', "'＝1+1"],
    [' =1+1', ';', " '=1+1"],
    ['Rua A - B', ',', 'Rua A - B'],
  ])('of %j in a file parted by %j is %j', (value, delimiter, guarded) => {
    expect(guardFormulas(value, delimiter)).toBe(guarded);
  });
});
