import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { limits } from './records/limits.ts';
import { memorySource } from '../testing/memory-source.ts';
import { openTable } from './table.ts';

type Parts = Readonly<Record<string, string | Buffer>>;

function zip(parts: Parts): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(parts))
    file.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, name);
  file.end();
  return buffer(file.outputStream);
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`;
const rels = (...relations: string[]): string => `<Relationships>${relations.join('')}</Relationships>`;
const list =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>Nome</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Ana</t></is></c></row>';
const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const workbookOf = (sheets: string): string => `<workbook xmlns:r="x"><sheets>${sheets}</sheets></workbook>`;
const one = '<sheet name="s" sheetId="1" r:id="R1"/>';

const usual: Parts = {
  'xl/workbook.xml': workbookOf(one),
  'xl/_rels/workbook.xml.rels': rels(
    relation('R1', 'worksheet', 'worksheets/sheet1.xml'),
    relation('R2', 'sharedStrings', 'sharedStrings.xml'),
    relation('R3', 'styles', 'styles.xml'),
  ),
  'xl/worksheets/sheet1.xml': sheetOf(list),
};

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const { header, records } = await openTable(memorySource(bytes));
  const rows = [[...header.cells]];
  for await (const batch of records) for (const { cells } of batch) rows.push([...cells]);
  return rows;
}
const read = async (parts: Parts): Promise<string[][]> => rowsOf(await zip({ ...usual, ...parts }));
const ana = [['Nome'], ['Ana']];

describe('a workbook as other programs write it', () => {
  it('has parts of any name, found by what points to them and without regard to case', async () => {
    const bytes = await zip({
      '_rels/.rels': rels(relation('R1', 'officeDocument', '/XL/Workbook22.xml')),
      'xl/workbook22.xml': workbookOf(one),
      'xl/_rels/workbook22.xml.rels': rels(
        relation('R1', 'worksheet', '../other/folha%201.xml'),
        relation('R2', 'sharedStrings', 'SharedStrings.xml'),
      ),
      'other/Folha 1.xml': sheetOf('<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'),
      'xl/sharedstrings.xml': '<sst><si><t>Nome</t></si><si><t>Ana</t></si></sst>',
    });
    expect(await rowsOf(bytes)).toEqual(ana);
  });

  it('may have cells that only have a format, far to the right', async () => {
    const rows = list.replace('</row>', '<c r="AMJ1" s="1"/></row>');
    expect(await read({ 'xl/worksheets/sheet1.xml': sheetOf(rows) })).toEqual(ana);
    const filled = list.replace('</row>', '<c r="ZZZZ99"><v>1</v></c></row>');
    await expect(read({ 'xl/worksheets/sheet1.xml': sheetOf(filled) })).rejects.toMatchObject({
      code: 'too_many_columns',
    });
  });

  it('may say how a name is read aloud, which is no part of it', async () => {
    const name = '<is><r><t>An</t></r><r><t>a</t></r><rPh sb="0" eb="2"><t>AANA</t></rPh></is>';
    const rows = list.replace('<is><t>Ana</t></is>', name);
    expect(await read({ 'xl/worksheets/sheet1.xml': sheetOf(rows) })).toEqual(ana);
  });

  it('shows the day that a fraction of a second is missing from', async () => {
    const rows = list.replace('</row>', '<c r="B1" t="inlineStr"><is><t>Nascimento</t></is></c></row>');
    const days = rows.replace(/<\/row>$/, '<c r="B2" s="0"><v>30747.9999999998</v></c></row>');
    const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    expect(await read({ 'xl/worksheets/sheet1.xml': sheetOf(days), 'xl/styles.xml': styles })).toEqual([
      ['Nome', 'Nascimento'],
      ['Ana', '1984-03-07'],
    ]);
  });

  it('names one sheet ten times, which is read once', async () => {
    expect(await read({ 'xl/workbook.xml': workbookOf(one.repeat(10)) })).toEqual(ana);
  });
});

describe('a workbook that is meant to exhaust the machine', () => {
  const sharedStrings = (text: string): Parts => ({ 'xl/sharedStrings.xml': `<sst>${text}</sst>` });
  const empties = Math.ceil(limits.sharedTexts / limits.sharedTextCost) + 1;

  it.each<[string, string, Parts]>([
    ['empty shared texts without end', 'workbook_too_large', sharedStrings('<si/>'.repeat(empties))],
    [
      'one sheet, named ten thousand times',
      'workbook_too_large',
      { 'xl/workbook.xml': workbookOf(one.repeat(10_000)) },
    ],
    [
      'a long text that many cells share',
      'record_too_long',
      {
        ...sharedStrings(`<si><t>${'x'.repeat(100_000)}</t></si>`),
        'xl/worksheets/sheet1.xml': sheetOf(`<row>${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`),
      },
    ],
    ['a shared text longer than a cell', 'workbook_too_large', sharedStrings(`<si><t>${'x'.repeat(200_000)}</t></si>`)],
    [
      'a million formats',
      'workbook_too_large',
      { 'xl/styles.xml': `<styleSheet><cellXfs>${'<xf/>'.repeat(1_000_000)}</cellXfs></styleSheet>` },
    ],
    [
      'attributes without end',
      'broken_workbook',
      {
        'xl/worksheets/sheet1.xml': `<worksheet ${Array.from({ length: 1000 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`,
      },
    ],
    [
      'an attribute without end',
      'broken_workbook',
      { 'xl/worksheets/sheet1.xml': `<worksheet a="${'x'.repeat(2_000_000)}"/>` },
    ],
    ['elements nested without end', 'broken_workbook', { 'xl/worksheets/sheet1.xml': '<a>'.repeat(1_000_000) }],
    [
      'definitions of its own',
      'broken_workbook',
      { 'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${sheetOf(list)}` },
    ],
    [
      'more rows than a sheet has',
      'workbook_too_large',
      { 'xl/worksheets/sheet1.xml': sheetOf(list + '<row/>'.repeat(limits.sheetRows)) },
    ],
    ['a part of another name in other letters', 'broken_workbook', { 'XL/Workbook.xml': workbookOf(one) }],
  ])(
    'is refused: %s',
    async (_, code, parts) => {
      await expect(read(parts)).rejects.toMatchObject({ code });
    },
    120_000,
  );

  it('is refused when its entries share their bytes, lie about their size, or are encrypted', async () => {
    const whole = await zip({ ...usual, 'xl/styles.xml': `<styleSheet>${'<a/>'.repeat(5000)}</styleSheet>` });
    const at = whole.lastIndexOf('xl/styles.xml') - 46;
    expect(whole.readUInt32LE(at)).toBe(0x02014b50);
    const change = (edit: (bytes: Buffer) => void): Buffer => {
      const bytes = Buffer.from(whole);
      edit(bytes);
      return bytes;
    };
    const lies = change((bytes) => bytes.writeUInt32LE(10, at + 24));
    const locked = change((bytes) => bytes.writeUInt16LE(1, at + 8));
    const shared = change((bytes) => bytes.writeUInt32LE(whole.length, at + 20));
    await expect(rowsOf(lies)).rejects.toMatchObject({ code: 'broken_workbook' });
    await expect(rowsOf(locked)).rejects.toMatchObject({ code: 'encrypted_workbook' });
    await expect(rowsOf(shared)).rejects.toMatchObject({ code: 'broken_workbook' });
  });
});
