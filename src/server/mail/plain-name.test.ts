import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainName } from './plain-name.ts';

describe('a name in a mail', () => {
  it.each([
    ['Ana', 'Ana'],
    ['Dra.Ana Lúcia d’Ávila', 'Dra. Ana Lúcia d’Ávila'],
    ['J.P. Silva & Filhos (Unidade 2)', 'J. P. Silva & Filhos (Unidade 2)'],
    ['Clínica Bem-Estar – 24h', 'Clínica Bem-Estar – 24h'],
    ['Ana\r\nBcc: outra@x', 'colega'],
    ['Ana\r\nBcc Beto', 'Ana Bcc Beto'],
    ['<b>Ana</b>', 'b Ana /b'],
    ['Ana\u202Eanihc\u2066', 'Anaanihc'],
    ['http://evil.example/x', 'colega'],
    ['Clínica www.evil.example', 'colega'],
    ['evil.example', 'colega'],
    ['evil\u200B.example', 'colega'],
    ['ｅｖｉｌ。ｅｘａｍｐｌｅ', 'colega'],
    ['t.co', 't. co'],
    ['192.168.0.1', 'colega'],
    ['ana@evil.example', 'colega'],
    ['[Entrar](javascript:alert(1))', 'colega'],
    ['Ligue 0800 123 4567', 'colega'],
    ['Seu código é 123456', 'colega'],
    ['', 'colega'],
    ['🎉🎉', 'colega'],
    ['Ana//evil', 'Ana/evil'],
    [' \u2028 ', 'colega'],
  ])('%j stands there as %j', (name, plain) => {
    expect(toPlainName(name, 'colega')).toBe(plain);
  });

  it('is one short line without anything that could become a link, whatever somebody wrote', () => {
    const piece = fc.constantFrom(
      'evil',
      '.',
      'example',
      '\u3002',
      '\r\n',
      '<a href="',
      '@',
      'http',
      '://',
      '\u202E',
      'ã',
      ' ',
      '/',
      '\0',
    );
    const names = fc.oneof(
      // Like fast-check's own strings of any character, which take seconds to generate.
      fc.array(fc.nat(0x10ffff), { maxLength: 300 }).map((points) => String.fromCodePoint(...points)),
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(names, (name) => {
        const plain = toPlainName(name, 'colega');
        expect(Array.from(plain).length).toBeLessThanOrEqual(61);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>@:"\\[\]]|\/\/|www\./iu);
        expect(plain).not.toMatch(/[\p{L}\p{N}]\.[\p{L}\p{N}]/u);
        expect(plain).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('takes no longer for a long name than for a short one', () => {
    const started = performance.now();
    for (const name of ['.a'.repeat(50_000), ' '.repeat(100_000), 'a'.repeat(100_000), '\u0301'.repeat(100_000)])
      toPlainName(name, '');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
