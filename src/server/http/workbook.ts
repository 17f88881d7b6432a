import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { guardFormulas, unguardFormulas } from '../../shared/formula-guard.ts';

const namespace = 'http://schemas.openxmlformats.org';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const relations = (entries: string): string =>
  `${head}<Relationships xmlns="${namespace}/package/2006/relationships">${entries}</Relationships>`;
const relation = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="${namespace}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
const part = (name: string, kind: string): string =>
  `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;

/** The files of an XLSX archive besides its sheet (ECMA-376, part 1). */
const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${head}<Types xmlns="${namespace}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}</Types>`,
  '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
  'xl/workbook.xml': `${head}<workbook xmlns="${namespace}/spreadsheetml/2006/main" xmlns:r="${namespace}/officeDocument/2006/relationships"><sheets><sheet name="Clientes" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations(relation('rId1', 'worksheet', 'worksheets/sheet1.xml')),
};

/** Streams a workbook (XLSX) with one sheet. Every cell is text, so that a spreadsheet executes no formula. */
export function writeWorkbook(rows: AsyncIterable<readonly (readonly unknown[])[]>): Readable {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  const sheet = Readable.from(writeSheet(rows));
  // An error while rows are read ends the download as well.
  sheet.on('error', (error) => {
    output.destroy(error);
  });
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  const output = new Readable().wrap(zip.outputStream);
  return output;
}

async function* writeSheet(batches: AsyncIterable<readonly (readonly unknown[])[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${head}<worksheet xmlns="${namespace}/spreadsheetml/2006/main"><sheetData>`);
  for await (const rows of batches)
    yield Buffer.from(rows.map((cells) => `<row>${cells.map(writeCell).join('')}</row>`).join(''));
  yield Buffer.from('</sheetData></worksheet>');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '_x000D_' };

function writeCell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '<c/>';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Our importer removes one apostrophe before such a character, as in CSV: add one where it would remove the person's own.
  const guarded = unguardFormulas(text, undefined) === text ? text : guardFormulas(text, undefined);
  const spelled = guarded
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>\r]/g, (sign) => entities[sign] ?? '');
  return `<c t="inlineStr"><is><t xml:space="preserve">${spelled}</t></is></c>`;
}
