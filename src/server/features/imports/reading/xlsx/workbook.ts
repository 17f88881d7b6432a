import { ArchiveBudget } from './archive-budget.ts';
import { limits } from '../records/limits.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';
import { type ByteSource, firstBytes } from '../records/source.ts';
import { WorkbookParts } from './workbook-parts.ts';
import { dateStyles, type SheetFormat, SheetReader } from './worksheet.ts';
import { openArchive } from './zip.ts';

export const isWorkbook = async (source: ByteSource): Promise<boolean> =>
  (await firstBytes(source, 4)).equals(Buffer.from('PK\u0003\u0004', 'latin1'));

/** Whether it is a file of Excel before 2007, or a workbook with a password, which has the same container. */
export const isOldWorkbook = async (source: ByteSource): Promise<boolean> =>
  (await firstBytes(source, 8)).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'));

const maxWorkbookBytes = 96 * 1024 * 1024;

/** Opens the visible sheets of a workbook, each as rows in batches. Throws FileProblem. */
export async function openWorkbook(source: ByteSource): Promise<AsyncGenerator<readonly TableRecord[]>[]> {
  if (source.size > maxWorkbookBytes) throw new FileProblem('workbook_too_large');
  const archive = await openArchive(await firstBytes(source, maxWorkbookBytes));
  const parts = new WorkbookParts(archive, new ArchiveBudget());
  const { sheets, date1904, texts, styles } = await findParts(parts);
  const format: SheetFormat = {
    date1904,
    texts: texts === undefined ? [] : await readSharedTexts(parts, texts),
    dateStyles: styles === undefined ? [] : await dateStyles((on) => parts.read(styles, on)),
  };
  return sheets.map((sheet) => readSheet(parts, sheet, format));
}

async function* readSheet(
  parts: WorkbookParts,
  sheet: string,
  format: SheetFormat,
): AsyncGenerator<readonly TableRecord[]> {
  const reader = new SheetReader(format, parts.budget);
  for await (const piece of parts.text(sheet)) {
    const records = reader.push(piece);
    if (records.length > 0) yield records;
  }
  yield reader.end();
}

interface FoundParts {
  /** The visible sheets, in their order. */
  readonly sheets: readonly string[];
  readonly date1904: boolean;
  readonly texts: string | undefined;
  readonly styles: string | undefined;
}

/** Finds the parts by following references, because parts may have any names. */
async function findParts(parts: WorkbookParts): Promise<FoundParts> {
  const roots = await parts.relationsOf('');
  const workbook = roots.find(({ type }) => type === 'officeDocument')?.target ?? usual.workbook;
  if (!parts.has(workbook) || !/\.xml$/i.test(workbook)) throw new FileProblem('unknown_format');
  const { named, date1904 } = await readWorkbook(parts, workbook);
  const relations = await parts.relationsOf(workbook);
  // Chart, dialog and macro sheets have no rows.
  const targets = new Map(
    relations
      .filter(({ type }) => !/(?:chart|dialog|macro)sheet$/i.test(type))
      .map(({ id, target }) => [id, target] as const),
  );
  // Each sheet once, even if it is listed several times.
  const sheets = [...new Set(named.flatMap((id) => targets.get(id) ?? []))];
  if (sheets.length === 0) throw new FileProblem('broken_workbook');
  const find = (type: string, fallback: string): string | undefined =>
    [relations.find((relation) => relation.type === type)?.target, fallback].find(
      (name) => name !== undefined && parts.has(name),
    );
  return {
    sheets,
    date1904,
    texts: find('sharedStrings', usual.sharedStrings),
    styles: find('styles', usual.styles),
  };
}

/** The names that nearly all programs use. */
const usual = {
  workbook: 'xl/workbook.xml',
  sharedStrings: 'xl/sharedStrings.xml',
  styles: 'xl/styles.xml',
};

/** Reads the references to the visible sheets, and whether days are counted from 1904. */
async function readWorkbook(parts: WorkbookParts, name: string): Promise<{ named: string[]; date1904: boolean }> {
  const named: string[] = [];
  let date1904 = false;
  let root: string | undefined;
  await parts.read(name, {
    open: (element, attributes) => {
      root ??= element;
      if (root !== 'workbook') throw new FileProblem('unknown_format');
      if (element === 'workbookPr') date1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (element !== 'sheet' || /hidden/i.test(attributes['state'] ?? '')) return;
      named.push(relationOf(attributes));
      if (named.length > limits.sheets) throw new FileProblem('workbook_too_large');
    },
  });
  return { named, date1904 };
}

/** The reference's id. The prefix of its namespace may be any name. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** Reads the texts that cells refer to by number. Limited, because they are in memory while sheets are read. */
async function readSharedTexts(parts: WorkbookParts, name: string): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let within = false;
  let phonetic = false;
  await parts.read(name, {
    open: (element) => {
      if (element === 'si') current = '';
      if (element === 'rPh') phonetic = true;
      within = element === 't' && !phonetic;
    },
    text: (text) => {
      if (!within) return;
      current += text;
      parts.budget.spend('sharedTexts', text.length);
      if (current.length > limits.cellLength) throw new FileProblem('workbook_too_large');
    },
    close: (element) => {
      if (element === 't') within = false;
      if (element === 'rPh') phonetic = false;
      if (element !== 'si') return;
      // Even an empty text takes memory.
      parts.budget.spend('sharedTexts', limits.sharedTextCost);
      texts.push(current);
    },
  });
  return texts;
}
