import type { DateOrder, Encoding } from '../../../../shared/import-choices.ts';
import { bareValue } from './values/bare-value.ts';
import { columnName } from './columns/columns.ts';
import { CsvParser } from './csv/csv-parser.ts';
import { meaningOf } from './headers/header-names.ts';
import { FileProblem, isBlank, type TableRecord } from './records/records.ts';
import type { ByteSource } from './records/source.ts';
import { isSomethingElse } from './other-formats.ts';
import { openText } from './text/text-source.ts';
import { kindOf } from './columns/value-kinds.ts';
import { isVcard, openVcards } from './vcard/vcard.ts';
import { isOldWorkbook, isWorkbook, openWorkbook } from './xlsx/workbook.ts';

export interface TableOptions {
  /** What a person chose, for bytes that are ambiguous. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
}

/** A file as a table of text. */
export interface Table {
  readonly format: 'csv' | 'xlsx' | 'vcard';
  readonly encoding: Encoding | undefined;
  readonly delimiter: string | undefined;
  /** The names of the columns; made up for a file without header. */
  readonly header: TableRecord;
  /** The first record of a file without header; it is among `records` too. */
  readonly firstClient?: TableRecord | undefined;
  /** The order of day and month, if the file itself says so. */
  readonly dateOrder?: DateOrder | undefined;
  /** All records after the header, in order, in batches as they are read. Throws FileProblem. */
  readonly records: AsyncIterable<readonly TableRecord[]>;
}

/** Opens a file after detecting its format. Throws FileProblem. */
export async function openTable(source: ByteSource, options: TableOptions = {}): Promise<Table> {
  if (source.size === 0) throw new FileProblem('empty_file');
  if (await isOldWorkbook(source)) throw new FileProblem('old_workbook');
  if (await isSomethingElse(source)) throw new FileProblem('unknown_format');
  if (await isWorkbook(source)) {
    return { format: 'xlsx', encoding: undefined, delimiter: undefined, ...(await openSheet(source)) };
  }
  if (await isVcard(source)) {
    return { format: 'vcard', delimiter: undefined, ...(await openVcards(source, options.encoding)) };
  }
  return openCsv(source, options);
}

/** Chooses the first sheet with a known header, which skips cover pages; otherwise the first that is not empty. */
async function openSheet(source: ByteSource): Promise<Opened> {
  let first: Opened | undefined;
  for (const batches of await openWorkbook(source)) {
    const opened = await takeHeader(batches);
    if (opened === undefined) continue;
    if (knownNames(opened.header) >= (first === undefined ? 1 : 2)) return opened;
    first ??= opened;
  }
  if (first === undefined) throw new FileProblem('empty_file');
  return first;
}

async function openCsv(source: ByteSource, options: TableOptions): Promise<Table> {
  const { encoding, read } = await openText(source, options.encoding);
  const pieces = read();
  let sample = '';
  while (sample.length < sampleLength) {
    const step = await pieces.next();
    if (step.done === true) break;
    sample += step.value;
  }
  const dialect = detectDialect(sample, options.delimiter);
  const parser = new CsvParser(dialect);
  const batches = parse(parser, sample.slice(dialect.skip), pieces);
  const opened = await takeHeader(batches);
  if (opened === undefined) throw new FileProblem('empty_file');
  return { format: 'csv', encoding, delimiter: dialect.delimiter, ...opened };
}

const sampleLength = 64 * 1024;
async function* parse(
  parser: CsvParser,
  sample: string,
  pieces: AsyncIterator<string>,
): AsyncGenerator<readonly TableRecord[]> {
  yield parser.push(sample);
  for (;;) {
    const step = await pieces.next();
    if (step.done === true) break;
    yield parser.push(step.value);
  }
  yield parser.end();
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  /** Length of Excel's `sep=` line, which is no record; 0 without one. */
  readonly skip: number;
  readonly firstLine: number;
}

/** Takes the delimiter of Excel's `sep=` line, otherwise the one with which the first records make most sense. */
function detectDialect(sample: string, wanted: string | undefined): Dialect {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
  const said = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(sample);
  const skip = said?.[0].length ?? 0;
  const firstLine = said === null ? 1 : 2;
  const delimiter = wanted ?? said?.[1];
  if (delimiter !== undefined) return { delimiter, newline, skip, firstLine };
  const text = sample.slice(skip);
  const [best] = [',', ';', '\t', '|']
    .map((candidate) => ({ candidate, score: sense(text, candidate, newline) }))
    .sort((a, b) => b.score - a.score);
  return { delimiter: best?.candidate ?? ',', newline, skip, firstLine };
}

function sense(text: string, delimiter: string, newline: '\n' | '\r'): number {
  try {
    const parser = new CsvParser({ delimiter, newline });
    const filled = [...parser.push(text), ...parser.end()].filter((record) => !isBlank(record));
    const header = headerOf(filled);
    if (header === undefined) return 0;
    const known = knownNames(header);
    const records = filled.slice(filled.indexOf(header) + 1);
    const same = records.filter(({ cells }) => cells.length === header.cells.length).length;
    return known * 1000 + (header.cells.length > 1 ? (100 * (same + 1)) / (records.length + 1) : 0);
  } catch (error) {
    // Better than delimiters that do not split at all: then it is the delimiter, and the file has too many columns.
    return error instanceof FileProblem && error.code === 'too_many_columns' ? 1 : -1;
  }
}

const knownNames = ({ cells }: TableRecord): number =>
  cells.filter((cell) => meaningOf(bareValue(cell)) !== undefined).length;

/** The record with the most known names among the first ones; a title above the header may contain one too. */
function headerOf(filled: readonly TableRecord[]): TableRecord | undefined {
  const [top] = filled;
  if (top === undefined) return undefined;
  let [best, most] = [top, Math.max(1, knownNames(top))];
  for (const record of filled.slice(1, titleLines)) {
    const known = knownNames(record);
    if (known > most) [best, most] = [record, known];
  }
  return best;
}

/** Whether a record has no known column name, but a phone, e-mail, document or date of birth. */
const looksLikeClient = (record: TableRecord): boolean =>
  knownNames(record) === 0 && record.cells.some((cell) => kindOf(cell.trim()) !== undefined);

type Opened = Pick<Table, 'header' | 'firstClient' | 'records'>;

/** Separates the header from the records. @returns undefined if there are no records */
async function takeHeader(batches: AsyncIterator<readonly TableRecord[]>): Promise<Opened | undefined> {
  const first: TableRecord[] = [];
  while (first.length < titleLines) {
    const step = await batches.next();
    if (step.done === true) break;
    // Not push(...): a piece can have more records than a call may have arguments.
    for (const record of step.value) first.push(record);
  }
  const filled = first.filter((record) => !isBlank(record));
  const top = headerOf(filled);
  if (top === undefined) return undefined;
  const isClient = looksLikeClient(top);
  // A lost letter in a column's name would get into every client.
  const damaged = isClient ? -1 : top.cells.findIndex((cell) => cell.includes('\ufffd'));
  if (damaged >= 0) throw new FileProblem('damaged_header', { line: top.line, column: damaged + 1 });
  const pending = first.slice(first.indexOf(top) + (isClient ? 0 : 1));
  async function* rest(): AsyncGenerator<readonly TableRecord[]> {
    yield pending;
    for (;;) {
      const step = await batches.next();
      if (step.done === true) return;
      yield step.value;
    }
  }
  const records = rest();
  if (!isClient) return { header: { ...top, cells: top.cells.map(bareValue) }, records };
  return { header: { ...top, cells: top.cells.map((_, index) => columnName(index)) }, firstClient: top, records };
}

const titleLines = 12;
