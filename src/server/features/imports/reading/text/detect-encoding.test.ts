import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from './detect-encoding.ts';
import { createTextReader } from './encodings.ts';
import type { Encoding } from '../../../../../shared/import-choices.ts';
import { memorySource } from '../../testing/memory-source.ts';

const text = 'nome;cidade\nJoão Gonçalves;São Paulo\nInês D’Ávila;Maceió – AL\nÂngela;€ 5\n';

/** An encoder for Windows-1252, made from the platform's decoder. */
const to1252 = (value: string): Buffer =>
  Buffer.from(
    Array.from(value, (character) => {
      const special: Readonly<Record<string, number>> = { '€': 0x80, '’': 0x92, '–': 0x96, '“': 0x93, '”': 0x94 };
      return special[character] ?? character.charCodeAt(0);
    }),
  );

const utf16be = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16();
const mark = Buffer.from('\ufeff');
const detect = (bytes: Uint8Array) => detectEncoding(memorySource(bytes));
const readAs = (encoding: Encoding, bytes: Uint8Array, size = 3): string => {
  const reader = createTextReader(encoding);
  let read = '';
  for (let at = 0; at < bytes.length; at += size) read += reader.push(bytes.subarray(at, at + size));
  return read + reader.end();
};

describe('detectEncoding', () => {
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8', 0],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), 'utf-8', 3],
    ['UTF-16 LE with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le', 2],
    ['UTF-16 BE with its mark', utf16be(`\ufeff${text}`), 'utf-16be', 2],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le'), 'utf-16le', 0],
    ['UTF-16 BE without a mark', utf16be(text), 'utf-16be', 0],
    ['Windows-1252', to1252(text), 'windows-1252', 0],
    ['Windows-1252 behind the mark of UTF-8', Buffer.concat([mark, to1252(text)]), 'windows-1252', 3],
    ['plain ASCII', Buffer.from('a,b\n1,2'), 'utf-8', 0],
  ] as const)('tells %s', async (_, bytes, encoding, bom) => {
    expect(await detect(bytes)).toEqual({ encoding, bom });
    expect(readAs(encoding, bytes.subarray(bom))).toBe(bytes.length === 7 ? 'a,b\n1,2' : text);
  });

  it('decides by the whole file, not by how it begins', async () => {
    const ascii = Buffer.from('a;b\n'.repeat(500_000));
    expect(await detect(Buffer.concat([ascii, to1252('ção;x\n')]))).toEqual({ encoding: 'windows-1252', bom: 0 });
    expect(await detect(Buffer.concat([ascii, Buffer.from('ção;x\n')]))).toEqual({ encoding: 'utf-8', bom: 0 });
  });

  it('takes any UTF-8 for UTF-8, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (value) => {
        const bytes = Buffer.from(value);
        const source = {
          size: bytes.length,
          // oxlint-disable-next-line typescript/require-await -- a source is asynchronous
          async *read() {
            for (const byte of bytes) yield Buffer.from([byte]);
          },
        };
        fc.pre(!value.includes('\0') && !/\ufeff|Ã/.test(value));
        expect(await detectEncoding(source)).toEqual({ encoding: 'utf-8', bom: 0 });
      }),
    );
  });

  it('asks, with both readings, where lines of two encodings stand in one file', async () => {
    const bytes = Buffer.concat([Buffer.from('nome\nConceição\n'), to1252('Gonçalves\n')]);
    const detected = await detect(bytes);
    expect(detected).toEqual({
      readings: [
        { encoding: 'utf-8-mixed', lines: ['Conceição', 'Gonçalves'] },
        { encoding: 'windows-1252', lines: ['ConceiÃ§Ã£o', 'Gonçalves'] },
      ],
      bom: 0,
    });
    expect(await detect(Buffer.concat([mark, bytes]))).toEqual({ ...detected, bom: 3 });
    expect(readAs('utf-8-mixed', bytes)).toBe('nome\nConceição\nGonçalves\n');
  });

  it('asks where Windows-1252 would put signs within words: DOS and the old Mac wrote letters there', async () => {
    const dos = Buffer.from([
      ...Buffer.from('Concei'),
      0x87,
      0xc6,
      ...Buffer.from('o;Gon'),
      0x87,
      ...Buffer.from('alves\n'),
    ]);
    const detected = await detect(dos);
    expect(detected).toMatchObject({
      readings: [{ encoding: 'windows-1252' }, { lines: ['Conceição;Gonçalves'] }, {}],
    });
  });

  it.each(['cp850', 'cp437', 'cp860'])('asks about a list of one row with letters of %s', async (page) => {
    const names =
      page === 'cp437'
        ? [
            'José',
            'Conceiçao',
            'Luís',
            'Lúcia',
            'Vitória',
            'Antônia',
            'Ângelo Acácio de Assunçao',
            'Inês',
            'Márcio',
            'Noé',
          ]
        : [
            'José',
            'Conceição',
            'João',
            'Luís',
            'Lúcia',
            'Mônica',
            'Vitória',
            'Ângela',
            'Álvaro',
            'ÉRICA',
            'Inês',
            'Márcio',
          ];
    for (const name of names) {
      const bytes = iconv.encode(`Nome;Telefone\n${name};11987654321\n`, page);
      const { encoding, readings = [] } = await detect(bytes);
      expect({ name, encoding, asked: readings.length > 1 }).toEqual({ name, encoding: undefined, asked: true });
    }
  });

  it.each(['José', 'João', 'Conceição', 'Vitória', 'Antônia'])('asks about %s from the old Mac', async (name) => {
    expect((await detect(iconv.encode(`Nome\n${name}\n`, 'macintosh'))).readings).toContainEqual({
      encoding: 'macintosh',
      lines: [name],
    });
  });

  it.each([
    'José Conceição D’Ávila',
    'joÃo da conceiÇÃo',
    'JOãO ANTôNIO',
    'diz “sim” às vezes… ou “não”',
    'Profª Márcia, nº 5, 2º andar',
    'Schäfer & Müller, Guimarães – Brasília',
    '5 µg e 10 µmol por 5€, 10¢ ou US£',
    'marca® própria™ ©2026 §5º',
    '†Maria da Luz',
    'Ana\u00a0Paula\u00a0e\u00a0Silva',
    'ŽIŽEK, Ærø, Straße',
  ])('takes “%s” for Windows-1252', async (line) => {
    const bytes = iconv.encode(`Nome;Telefone\n${line};11987654321\n`, 'windows-1252');
    expect(await detect(bytes)).toEqual({ encoding: 'windows-1252', bom: 0 });
  });

  it('asks where letters look encoded twice, and mends them when told to', async () => {
    const twice = Buffer.from(Buffer.from('João;São Luís').toString('latin1').replaceAll('\u0083', 'ƒ'));
    expect(await detect(twice)).toMatchObject({
      readings: [{ encoding: 'utf-8-twice', lines: ['João;São Luís'] }, { encoding: 'utf-8' }],
    });
    for (const size of [1, 2, 5, 100]) expect(readAs('utf-8-twice', twice, size)).toBe('João;São Luís');
    expect(readAs('utf-8-twice', Buffer.from('José À vontade “é”'))).toBe('José À vontade “é”');
  });

  it('never lets a replacement character in', () => {
    const broken = Buffer.from([0x41, 0xff, 0x42]);
    expect(() => readAs('utf-8', broken)).toThrow('no text');
    expect(() => readAs('windows-1252', Buffer.from([0x81]))).toThrow('no text');
    expect(() => readAs('utf-16le', Buffer.from([0x00, 0xd8, 0x41, 0x00]))).toThrow('no text');
  });
});
