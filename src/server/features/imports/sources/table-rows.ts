import { columnsOf, Head, isOwnExport, readRows } from './file-head.ts';
import { RowReader } from '../reading/rows/rows.ts';
import type { ColumnChoice, ImportOptions, MappedColumns, OpenedRows, OpenedTable, RowBatches } from './row-source.ts';

/** The rows of a table that is open in this process. */
export class TableRows implements OpenedRows {
  readonly header: readonly string[];
  readonly isNamed: boolean;
  readonly #table: OpenedTable;
  readonly #options: ImportOptions;
  #head: Head | undefined;
  #reader: RowReader | undefined;

  constructor(table: OpenedTable, options: ImportOptions) {
    this.header = table.header.cells;
    this.isNamed = table.firstClient === undefined;
    this.#table = table;
    this.#options = options;
  }

  async map({ mapping, isRemembered, foundDateOrder }: ColumnChoice): Promise<MappedColumns> {
    const { format, delimiter, dateOrder, header } = this.#table;
    let shown: unknown;
    try {
      const columns = await columnsOf(this.#table, mapping, (head) => {
        shown = head;
        return Promise.resolve();
      });
      const options = {
        exact: isOwnExport(columns),
        ragged: format === 'xlsx',
        areaCode: this.#options.areaCode ?? undefined,
        delimiter,
        dateOrder: this.#options.dateOrder ?? dateOrder,
        foundDateOrder,
      };
      const reader = new RowReader(columns, options, header.cells);
      this.#reader = reader;
      this.#head = new Head(columns, this.#table, { reader, remembered: isRemembered });
      return { columns };
    } catch (error) {
      if (shown === undefined || !(error instanceof Error)) throw error;
      return { problem: error, head: shown };
    }
  }

  rows(): RowBatches {
    if (this.#reader === undefined || this.#head === undefined) throw new Error('rows are read after their columns');
    return readRows(this.#table, this.#reader, this.#head);
  }

  head(): unknown {
    return this.#head?.describe();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
