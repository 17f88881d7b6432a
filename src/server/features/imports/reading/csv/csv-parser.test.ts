import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser } from './csv-parser.ts';
import { limits } from '../records/limits.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';

/** Parses a text in pieces of a given size. */
function read(text: string, size = Infinity, delimiter = ','): TableRecord[] {
  const parser = new CsvParser({ delimiter });
  const records: TableRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...parser.push(text.slice(at, at + size)));
  return [...records, ...parser.end()];
}

const cells = (text: string, size?: number, delimiter?: string): (readonly string[])[] =>
  read(text, size, delimiter).map((record) => record.cells);

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

describe('CsvParser', () => {
  // The cases of csv-spectrum, with our own contents.
  it.each([
    [
      'simple',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line break at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'comma in quotes',
      'n,e\nAna,"Rua Um, 2"',
      [
        ['n', 'e'],
        ['Ana', 'Rua Um, 2'],
      ],
    ],
    [
      'empty cells',
      'a,b,c\n,"",3\n',
      [
        ['a', 'b', 'c'],
        ['', '', '3'],
      ],
    ],
    [
      'escaped quotes',
      'a,b\n1,"dita ""Nina"""\n',
      [
        ['a', 'b'],
        ['1', 'dita "Nina"'],
      ],
    ],
    [
      'JSON in a cell',
      'k,v\n1,"{""tipo"": ""Ponto"", ""xy"": [1, 2]}"\n',
      [
        ['k', 'v'],
        ['1', '{"tipo": "Ponto", "xy": [1, 2]}'],
      ],
    ],
    [
      'line breaks in quotes',
      'a,b\n1,"um\ndois\n"\n"três",4\n',
      [
        ['a', 'b'],
        ['1', 'um\ndois\n'],
        ['três', '4'],
      ],
    ],
    [
      'CRLF in quotes',
      'a,b\r\n1,"um\r\ndois"\r\n3,4\r\n',
      [
        ['a', 'b'],
        ['1', 'um\r\ndois'],
        ['3', '4'],
      ],
    ],
    [
      'quotes within an unquoted cell',
      'a,b\ntubo 5",dito "X"\n',
      [
        ['a', 'b'],
        ['tubo 5"', 'dito "X"'],
      ],
    ],
    [
      'beyond ASCII',
      'a,b\nʤ,"ção, 日本"\n',
      [
        ['a', 'b'],
        ['ʤ', 'ção, 日本'],
      ],
    ],
    ['a blank line', 'a\n\n1\n', [['a'], [''], ['1']]],
  ])('reads %s', (_, text, expected) => {
    for (const size of [1, 2, 3, 7, Infinity]) expect(cells(text, size)).toEqual(expected);
  });

  it('counts the lines of the file, not the records', () => {
    const lines = read('a,b\n1,"um\ndois\r\ntrês"\n2,x\n\n3,y').map((record) => record.line);
    expect(lines).toEqual([1, 2, 5, 6, 7]);
  });

  it('gives back any table that was written, however it is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ç', '"', ',', '\n', '\r\n', ' ', '😀'), maxLength: 8 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
        const text = rows.map((row) => `${row.map(quote).join(',')}\n`).join('');
        expect(cells(text, size)).toEqual(rows);
        expect(parse(text, { relax_column_count: true })).toEqual(rows);
      }),
    );
  });

  it('reads what another parser reads', () => {
    const unquoted = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', ';'), maxLength: 5 });
    const quoted = fc.string({ unit: fc.constantFrom('a', '""', ',', '\n', ' '), maxLength: 5 }).map((t) => `"${t}"`);
    const row = fc.array(fc.oneof(unquoted, quoted), { minLength: 1, maxLength: 4 }).map((list) => list.join(','));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 5 }), (rows, size) => {
        const text = rows.join('\n');
        const expected = parse(text, { relax_column_count: true, skip_empty_lines: false });
        // Parsers differ in whether a text that ends with a line break has another, empty record.
        expect(cells(text, size).filter((list) => list.join('') !== '')).toEqual(
          expected.filter((list) => list.join('') !== ''),
        );
      }),
    );
  });

  it('names the place of a quote that is never closed, and reads the other records', () => {
    for (const size of [1, 5, Infinity]) {
      const records = read('a,b\n1,"aberta\n2,x\n3,y\n', size);
      expect(records[1]).toEqual({
        line: 2,
        cells: ['1,"aberta'],
        broken: { code: 'unclosed_quote', column: 2 },
      });
      expect(records.slice(2)).toEqual([
        { line: 3, cells: ['2', 'x'] },
        { line: 4, cells: ['3', 'y'] },
      ]);
    }
  });

  it('names the place of text after a closing quote', () => {
    expect(read('a,b\n1,"x"y\n2,z\n')[1]).toMatchObject({ line: 2, broken: { code: 'stray_quote', column: 2 } });
    expect(cells('a,b\n1,"x"y\n2,z\n')[2]).toEqual(['2', 'z']);
  });

  it('gives up on a record that does not end, and on too many columns, before they fill memory', () => {
    const piece = 'x'.repeat(64 * 1024);
    const parser = new CsvParser({ delimiter: ',' });
    let pushed = 0;
    const feed = (): void => {
      while (pushed < 100 * 1024 * 1024) {
        pushed += piece.length;
        parser.push(piece);
      }
    };
    expect(feed).toThrow(expect.objectContaining({ code: 'record_too_long', line: 1 }));
    expect(pushed).toBeLessThan(2 * limits.recordLength);
    expect(() => read(','.repeat(900_000))).toThrow(FileProblem);
    expect(() => read(`"a"${',"b"'.repeat(100_000)}`)).toThrow(expect.objectContaining({ code: 'too_many_columns' }));
    expect(() => read(`a,"${'y\n'.repeat(limits.recordLength)}`, 65_536)).not.toThrow();
  });
});
