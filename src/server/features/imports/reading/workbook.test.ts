import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { memorySource } from '../testing/memory-source.ts';
import { openTable } from './table.ts';

type Parts = Readonly<Record<string, string>>;

function zip(parts: Parts): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, text] of Object.entries(parts)) file.addBuffer(Buffer.from(text), name);
  file.end();
  return buffer(file.outputStream);
}

const cell = (place: string, text: string): string => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: string, ...texts: string[]): string =>
  `<row r="${number}">${texts.map((text, at) => (text === '' ? '' : cell(`${'ABC'.charAt(at)}1`, text))).join('')}</row>`;
const list = row('1', 'Nome', 'Telefone') + row('2', 'Ana', '11987654321');

/** Makes a workbook of these sheets; an empty state means visible. */
const workbook = (sheets: readonly { readonly rows: string; readonly state?: string }[], prefix = 'r') =>
  zip({
    'xl/workbook.xml': `<workbook xmlns:${prefix}="x"><sheets>${sheets
      .map(
        ({ state = 'visible' }, at) =>
          `<sheet name="s" sheetId="${String(at)}" state="${state}" ${prefix}:id="R${String(at)}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, at) => `<Relationship Id="R${String(at)}" Type="worksheet" Target="worksheets/${String(at)}.xml"/>`)
      .join('')}</Relationships>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, at) => [
        `xl/worksheets/${String(at)}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });

async function read(bytes: Buffer): Promise<[number, ...string[]][]> {
  const { header, records } = await openTable(memorySource(bytes));
  const rows = [header];
  for await (const batch of records) rows.push(...batch);
  return rows.map(({ line, cells }) => [line, ...cells]);
}

const ana = [
  [1, 'Nome', 'Telefone'],
  [2, 'Ana', '11987654321'],
];

describe('a workbook', () => {
  it.each([
    ['of one sheet', [{ rows: list }]],
    ['whose first sheet is empty', [{ rows: '' }, { rows: list }]],
    ['whose first sheet is a cover', [{ rows: row('1', 'Clínica Sorriso') }, { rows: list }]],
    ['whose first sheet is hidden', [{ rows: row('1', 'Nome', 'CPF'), state: 'veryHidden' }, { rows: list }]],
    ['with another list behind', [{ rows: list }, { rows: row('1', 'Nome', 'CPF', 'Telefone') }]],
  ])('%s is read where the list is', async (_, sheets) => {
    expect(await read(await workbook(sheets))).toEqual(ana);
  });

  it('of unknown columns is its first sheet that has any', async () => {
    const sheets = [{ rows: '' }, { rows: row('3', 'A', 'B') }, { rows: row('1', 'Nome', 'x') }];
    expect(await read(await workbook(sheets))).toEqual([[3, 'A', 'B']]);
  });

  it('may name its relations as it likes', async () => {
    expect(await read(await workbook([{ rows: list }], 'd3p1'))).toEqual(ana);
  });

  it.each(['x', '1', '99999999999', '2'])('numbers its rows upwards whatever they say, such as %s', async (said) => {
    const rows = await read(await workbook([{ rows: list + row(said, 'Bia') + row(said, 'Eva') }]));
    expect(rows.slice(2)).toEqual([
      [3, 'Bia'],
      [4, 'Eva'],
    ]);
  });

  it.each([
    ['unknown_format', { 'content.xml': '<office/>' }],
    ['unknown_format', { 'lista.csv': 'Nome\nAna' }],
    ['broken_workbook', { 'xl/workbook.xml': '<workbook><sheets>' }],
  ])('is not what has no sheets: %s', async (code, parts: Parts) => {
    await expect(openTable(memorySource(await zip(parts)))).rejects.toMatchObject({ code });
  });
});
