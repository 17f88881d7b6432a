import { columnsOf, Head, isOwnExport, readRows } from './file-head.ts';
import type { Mapping } from './reading/columns.ts';
import { RowReader } from './reading/rows.ts';
import type { ImportOptions, MappedColumns, OpenedRows, OpenedTable, RowBatches } from './row-source.ts';

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

  async map(mapping: Mapping | undefined): Promise<MappedColumns> {
    let shown: unknown;
    try {
      const columns = await columnsOf(this.#table, mapping, (head) => {
        shown = head;
        return Promise.resolve();
      });
      this.#reader = new RowReader(columns, {
        exact: isOwnExport(columns),
        ragged: this.#table.format === 'xlsx',
        areaCode: this.#options.areaCode ?? undefined,
      });
      this.#head = new Head(columns, this.#table);
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
