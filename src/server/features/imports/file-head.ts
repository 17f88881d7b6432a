import { createHash } from 'node:crypto';
import { type Column, guessColumns, mapColumns, type Mapping } from './reading/columns.ts';
import { FileProblem } from './reading/records.ts';
import { type ImportRow, type RejectedRow, RowReader } from './reading/rows.ts';
import { isBlank, type Table } from './reading/table.ts';
import type { OpenedTable } from './row-source.ts';

const previewRows = 5;

/** What the columns hold. If that is unclear, shows them with the first rows, for a person to map. Throws FileProblem. */
export async function columnsOf(
  table: OpenedTable,
  mapping: Mapping | undefined,
  show: (header: unknown) => Promise<unknown>,
): Promise<Column[]> {
  const { cells, line } = table.header;
  try {
    return mapColumns(cells, mapping, line);
  } catch (error) {
    const columns = guessColumns(cells, table.firstClient);
    const head = new Head(columns, table);
    const rows = readRows(table, new RowReader(columns, { exact: false, ragged: true }), head);
    await rows.next();
    await show(head.describe());
    throw table.firstClient !== undefined && mapping === undefined ? new FileProblem('no_header') : error;
  }
}

/** Identifies the columns, so that a clinic's next file with the same ones is recognised. */
export const signatureOf = (headers: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

/** Acolhe's own export names its columns like the fields of the contract. */
export const isOwnExport = (columns: readonly Column[]): boolean =>
  ['firstName', 'address.postalCode', 'healthInsurance.number'].every((name) =>
    columns.some(({ header, meaning }) => header === name && meaning === name),
  );

/** What the page shows of a file: its columns and the first rows as they were read. */
export class Head {
  readonly #columns: readonly Column[];
  readonly #table: OpenedTable;
  readonly #preview: unknown[] = [];
  /** Columns without a name in which nothing has been seen. */
  readonly #blank: Set<number>;

  constructor(columns: readonly Column[], table: OpenedTable) {
    this.#columns = columns;
    this.#table = table;
    this.#blank = new Set(
      columns.map(({ index }) => index).filter((index) => table.header.cells[index]?.trim() === ''),
    );
  }

  show(row: ImportRow | RejectedRow): void {
    for (const index of this.#blank) if ((row.cells[index] ?? '').trim() !== '') this.#blank.delete(index);
    if (this.#preview.length < previewRows && !('problems' in row))
      this.#preview.push({ line: row.line, values: row.values, tags: row.tags ?? [], extra: row.extra ?? {} });
  }

  describe(): unknown {
    const { format, encoding = null, delimiter = null } = this.#table;
    const columns = this.#columns.map(({ index, header, meaning }) =>
      this.#blank.has(index) ? { header: '', meaning: 'ignore' } : { header, meaning },
    );
    return { format, encoding, delimiter, columns, preview: this.#preview };
  }
}

export async function* readRows(
  table: Pick<Table, 'records'>,
  reader: RowReader,
  head: Head,
): AsyncGenerator<readonly (ImportRow | RejectedRow)[]> {
  for await (const records of table.records) {
    const rows: (ImportRow | RejectedRow)[] = [];
    for (const record of records) {
      if (isBlank(record)) continue;
      const row = reader.read(record);
      head.show(row);
      rows.push(row);
    }
    yield rows;
  }
}
