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
  /** What a person chose where the bytes are ambiguous. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
}

/** A file as rows of text. */
export interface Table {
  readonly format: 'csv' | 'xlsx' | 'vcard';
  readonly encoding: Encoding | undefined;
  readonly delimiter: string | undefined;
  /** The names of the columns. A file that begins with a client at once has none: they are made up. */
  readonly header: TableRecord;
  /** That client, who is among the records as well. */
  readonly firstClient?: TableRecord | undefined;
  /** What comes first in its dates, if the file itself says so. */
  readonly dateOrder?: DateOrder | undefined;
  /** Every record after the header, in the order of the file, as they are read. Throws FileProblem. */
  readonly records: AsyncIterable<readonly TableRecord[]>;
}

/** Opens a file: decides what it is before reading any of it. Throws FileProblem. */
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

/** The first sheet with a known header, which skips covers and the like; otherwise the first that is not empty. */
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
  /** Characters of Excel's `sep=` line, which is no record. */
  readonly skip: number;
  readonly firstLine: number;
}

/** By Excel's own line if there is one, otherwise the delimiter that gives the most sensible first records. */
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
    // If this one gives hundreds of columns and the others none, it is the delimiter, and there are too many columns.
    return error instanceof FileProblem && error.code === 'too_many_columns' ? 1 : -1;
  }
}

const knownNames = ({ cells }: TableRecord): number =>
  cells.filter((cell) => meaningOf(bareValue(cell)) !== undefined).length;

/** Of the first records that are not empty, the one with the most known names; a title above it may have one as well. */
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

/** No name of a column, but somebody's phone, e-mail, document or date of birth. */
const looksLikeClient = (record: TableRecord): boolean =>
  knownNames(record) === 0 && record.cells.some((cell) => kindOf(cell.trim()) !== undefined);

type Opened = Pick<Table, 'header' | 'firstClient' | 'records'>;

/** Separates the header from the records below it; undefined if there is nothing. */
async function takeHeader(batches: AsyncIterator<readonly TableRecord[]>): Promise<Opened | undefined> {
  const first: TableRecord[] = [];
  while (first.length < titleLines) {
    const step = await batches.next();
    if (step.done === true) break;
    // One by one: a piece of text can hold more records than a call takes arguments.
    for (const record of step.value) first.push(record);
  }
  const filled = first.filter((record) => !isBlank(record));
  const top = headerOf(filled);
  if (top === undefined) return undefined;
  const isClient = looksLikeClient(top);
  // What somebody lost in a name of a column would come into every client.
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
