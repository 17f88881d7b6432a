import { limits } from './limits.ts';
import { FileProblem, type TableRecord } from './records.ts';
import { type ByteSource, firstBytes } from './source.ts';
import { createXmlParser, type XmlHandlers } from './workbook-xml.ts';
import { dateStyles, type SheetFormat, SheetReader } from './worksheet.ts';
import { type Archive, openArchive } from './zip.ts';

export const isWorkbook = async (source: ByteSource): Promise<boolean> =>
  (await firstBytes(source, 4)).equals(Buffer.from('PK\u0003\u0004', 'latin1'));

/** The binary format of Excel before 2007, and workbooks with a password, which are wrapped in the same container. */
export const isOldWorkbook = async (source: ByteSource): Promise<boolean> =>
  (await firstBytes(source, 8)).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'));

const maxWorkbookBytes = 96 * 1024 * 1024;

/** The visible sheets of a workbook, each as its rows in batches. Throws FileProblem. */
export async function openWorkbook(source: ByteSource): Promise<AsyncGenerator<readonly TableRecord[]>[]> {
  if (source.size > maxWorkbookBytes) throw new FileProblem('workbook_too_large');
  const archive = await openArchive(await firstBytes(source, maxWorkbookBytes));
  if (!archive.has('xl/workbook.xml')) throw new FileProblem('unknown_format');
  const { sheets, date1904 } = await findSheets(archive);
  const format: SheetFormat = {
    date1904,
    texts: archive.has('xl/sharedStrings.xml') ? await readSharedTexts(archive) : [],
    dateStyles: archive.has('xl/styles.xml') ? await dateStyles((on) => readXml(archive, 'xl/styles.xml', on)) : [],
  };
  return sheets.map((sheet) => readSheet(archive, sheet, format));
}

async function* readSheet(
  archive: Archive,
  sheet: string,
  format: SheetFormat,
): AsyncGenerator<readonly TableRecord[]> {
  const reader = new SheetReader(format);
  for await (const piece of xmlText(archive, sheet)) {
    const records = reader.push(piece);
    if (records.length > 0) yield records;
  }
  yield reader.end();
}

async function* xmlText(archive: Archive, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of await archive.open(name)) yield decoder.decode(part as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('broken_workbook');
  }
}

/** Reads a small part of a workbook as events. Names come without their namespace. */
async function readXml(archive: Archive, name: string, on: XmlHandlers): Promise<void> {
  const parser = createXmlParser(on);
  for await (const piece of xmlText(archive, name)) parser.write(piece);
}

/** Where the visible sheets are, in their order, and from which year the workbook counts days. */
async function findSheets(archive: Archive): Promise<{ sheets: string[]; date1904: boolean }> {
  const relations: string[] = [];
  let date1904 = false;
  await readXml(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name === 'sheet' && !/hidden/i.test(attributes['state'] ?? '')) relations.push(relationOf(attributes));
    },
  });
  const targets = new Map<string | undefined, string | undefined>();
  await readXml(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, attributes) => {
      // Sheets that are drawings (charts, dialogs) have no rows.
      if (name === 'Relationship' && !/(?:chart|dialog|macro)sheet$/i.test(attributes['Type'] ?? ''))
        targets.set(attributes['Id'], attributes['Target']);
    },
  });
  const sheets = relations.flatMap((relation) => targets.get(relation) ?? []);
  if (sheets.length === 0) throw new FileProblem('broken_workbook');
  return { sheets: sheets.map((path) => (path.startsWith('/') ? path.slice(1) : `xl/${path}`)), date1904 };
}

/** Whoever writes the file may choose any prefix for the namespace of relations. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** The texts that cells point to by number. Bounded: they are held while the sheet is read. */
async function readSharedTexts(archive: Archive): Promise<string[]> {
  const texts: string[] = [];
  let length = 0;
  let current = '';
  let within = false;
  let phonetic = false;
  await readXml(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic = true;
      within = name === 't' && !phonetic;
    },
    text: (text) => {
      if (!within) return;
      current += text;
      length += text.length;
      if (length > limits.sharedTexts) throw new FileProblem('workbook_too_large');
    },
    close: (name) => {
      if (name === 't') within = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') texts.push(current);
    },
  });
  return texts;
}
