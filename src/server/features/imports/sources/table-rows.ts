import { type Column, guessColumns, isOwnExport, mapColumns } from '../reading/columns/columns.ts';
import { FileProblem } from '../reading/records/records.ts';
import { type ImportRow, type RejectedRow, RowReader } from '../reading/rows/rows.ts';
import { Head } from './head.ts';
import type { ColumnChoice, ImportOptions, MappedColumns, OpenedRows, OpenedTable, RowBatches } from './row-source.ts';

/** The rows of a table that is read in this process. */
export class TableRows implements OpenedRows {
  readonly header: readonly string[];
  readonly isNamed: boolean;
  readonly #table: OpenedTable;
  readonly #options: ImportOptions;
  #mapped: { readonly reader: RowReader; readonly head: Head } | undefined;

  constructor(table: OpenedTable, options: ImportOptions) {
    this.header = table.header.cells;
    this.isNamed = table.firstClient === undefined;
    this.#table = table;
    this.#options = options;
  }

  async map(choice: ColumnChoice): Promise<MappedColumns> {
    const { cells, line } = this.#table.header;
    try {
      const columns = mapColumns(cells, choice.mapping, line);
      this.#mapped = this.#readBy(columns, choice);
      return { columns, isOwnExport: isOwnExport(columns) };
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      const isUnnamed = !this.isNamed && choice.mapping === undefined;
      return { problem: isUnnamed ? new FileProblem('no_header') : error, head: await this.#guess() };
    }
  }

  rows(): RowBatches {
    if (this.#mapped === undefined) throw new Error('rows are read after their columns');
    return readRows(this.#table, this.#mapped);
  }

  head(): unknown {
    return this.#mapped?.head.describe();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #readBy(columns: readonly Column[], { isRemembered, foundDateOrder }: ColumnChoice) {
    const { format, delimiter, dateOrder, header } = this.#table;
    const options = {
      exact: isOwnExport(columns),
      ragged: format === 'xlsx',
      areaCode: this.#options.areaCode ?? undefined,
      delimiter,
      withoutBadFields: this.#options.withoutBadFields ?? false,
      dateOrder: this.#options.dateOrder ?? dateOrder,
      foundDateOrder,
    };
    const reader = new RowReader(columns, options, header.cells);
    return { reader, head: new Head(columns, this.#table, { reader, remembered: isRemembered }) };
  }

  /** Guesses the columns, to show them with the first rows to the person who maps them. */
  async #guess(): Promise<unknown> {
    const columns = guessColumns(this.#table.header.cells, this.#table.firstClient);
    const reader = new RowReader(columns, { exact: false, ragged: true, dateOrder: 'day' });
    const head = new Head(columns, this.#table, { reader });
    await readRows(this.#table, { reader, head }).next();
    return head.describe();
  }
}

async function* readRows(
  table: OpenedTable,
  { reader, head }: { readonly reader: RowReader; readonly head: Head },
): AsyncGenerator<readonly (ImportRow | RejectedRow)[]> {
  for await (const records of table.records) {
    const rows: (ImportRow | RejectedRow)[] = [];
    for (const record of records) {
      if (reader.isNothing(record)) continue;
      const row = reader.read(record);
      head.show(row);
      rows.push(row);
    }
    yield rows;
  }
}
