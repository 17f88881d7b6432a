import { limits } from '../reading/records/limits.ts';
import { keepApostrophe } from '../reading/values/bare-value.ts';
import { foldHeader, meaningOf } from '../reading/headers/header-names.ts';
import type { TableRecord } from '../reading/records/records.ts';
import type { ImportOptions, OpenedTable, RowSource } from '../sources/row-source.ts';
import { TableRows } from '../sources/table-rows.ts';
import type { Spool } from './spool.ts';

const recordsAtOnce = 500;
const columnsAtMost = 200;
/** The contract's limit for a key of `extra`. */
const nameLength = 100;
const excerptLength = 1000;
/** The column for values without a column. */
const surplus = 'extra';

type Values = Readonly<Record<string, unknown>>;

/** JSON records as rows of a table whose columns are the names in the records. */
export class RecordSpool implements RowSource {
  readonly #spool: Spool;
  /** Folded name → column. Names that differ only in case or accents share a column. */
  readonly #columns = new Map<string, string>();
  readonly #names = new Set<string>();
  #count = 0;
  #read = 0;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get count(): number {
    return this.#count;
  }

  get expectedRows(): number {
    return this.#count;
  }

  async add(records: readonly unknown[]): Promise<void> {
    const lines = records.map((record) => {
      const line = JSON.stringify(record);
      // A record that is too long is stored as a JSON string, which is later rejected as no record.
      if (line.length > limits.recordLength) return `${JSON.stringify(line.slice(0, excerptLength))}\n`;
      if (isValues(record)) this.#takeColumns(record);
      return `${line}\n`;
    });
    await this.#spool.write(Buffer.from(lines.join('')));
    this.#count += records.length;
  }

  open(options: ImportOptions): ReturnType<RowSource['open']> {
    return Promise.resolve(new TableRows(this.table(), options));
  }

  table(): OpenedTable {
    this.#read = 0;
    // A table needs a column even without records.
    const columns = this.#columns.size === 0 ? ['first_name'] : [...this.#columns.values()];
    return {
      format: 'remote',
      encoding: undefined,
      delimiter: undefined,
      header: { line: 1, cells: [...columns, surplus] },
      records: this.#records(columns),
    };
  }

  progress(): number {
    return this.#read / Math.max(1, this.#count);
  }

  #takeColumns(record: Values): void {
    for (const name of Object.keys(record)) {
      if (this.#names.has(name) || this.#columns.size >= columnsAtMost) continue;
      const folded = foldHeader(name);
      if (folded === '' || folded === surplus || name.length > nameLength) continue;
      this.#names.add(name);
      if (!this.#columns.has(folded)) this.#columns.set(folded, name);
    }
  }

  async *#records(columns: readonly string[]): AsyncGenerator<readonly TableRecord[]> {
    const known = new Set(columns);
    let batch: TableRecord[] = [];
    for await (const line of linesOf(this.#spool)) {
      this.#read++;
      batch.push(toRecord(line, this.#read, known));
      if (batch.length < recordsAtOnce) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }
}

async function* linesOf(spool: Spool): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of spool.read()) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function toRecord(line: string, position: number, columns: ReadonlySet<string>): TableRecord {
  const record = JSON.parse(line) as unknown;
  if (!isValues(record))
    return { line: position, cells: [line.slice(0, excerptLength)], broken: { code: 'invalid_record', column: 0 } };
  const extra = new Map<string, string>();
  const taken = new Map<string, string>();
  const keep = (name: string, text: string): void => {
    if (text !== '') extra.set(name.slice(0, nameLength), text);
  };
  for (const [name, value] of Object.entries(record)) {
    if (columns.has(name) && fits(name, value)) taken.set(name, keepApostrophe(textOf(value)));
    else if (isValues(value) && foldHeader(name) === surplus)
      for (const [key, inner] of Object.entries(value)) keep(key, textOf(inner));
    else keep(name, textOf(value));
  }
  const cells = [...columns].map((name) => taken.get(name) ?? '');
  return { line: position, cells: [...cells, extra.size === 0 ? '' : JSON.stringify(Object.fromEntries(extra))] };
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value can go into its column: `whatsapp: true` is no phone number, an address object no street. */
function fits(name: string, value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return true;
  const meaning = meaningOf(name);
  if (meaning === undefined || meaning === 'ignore') return true;
  return typeof value === 'boolean' ? meaning === 'sharedPhone' : meaning === 'tags' && Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length === 0) return '';
  return JSON.stringify(value);
}
