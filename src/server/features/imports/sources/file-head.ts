import { createHash } from 'node:crypto';
import { type Column, guessColumns, mapColumns, type Mapping } from '../reading/columns/columns.ts';
import { meaningOf } from '../reading/headers/header-names.ts';
import { FileProblem } from '../reading/records/records.ts';
import { type ImportRow, type RejectedRow, RowReader } from '../reading/rows/rows.ts';
import type { Table } from '../reading/table.ts';
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
    const reader = new RowReader(columns, { exact: false, ragged: true, dateOrder: 'day' });
    const head = new Head(columns, table, { reader });
    const rows = readRows(table, reader, head);
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

/**
 * A remembered mapping as far as it loses nothing: what was left out then is read by its own name, or kept as `extra`. Files
 * with the same columns may hold in them what the earlier one did not. Undefined where nothing of it is left.
 */
export function withoutLosses(mapping: Mapping | undefined, headers: readonly string[]): Mapping | undefined {
  const kept = Object.entries(mapping ?? {}).flatMap(([header, meaning]): [string, string][] => {
    if (meaning !== 'ignore' && meaning !== 'extra') return [[header, meaning]];
    const isNamed = headers.includes(header) && (meaningOf(header) ?? 'ignore') !== 'ignore';
    return isNamed ? [] : [[header, 'extra']];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

interface HeadNotes {
  readonly reader: RowReader;
  /** The columns are as somebody mapped an earlier file's. */
  readonly remembered?: boolean;
}

/** What the page shows of a file: its columns and the first rows as they were read. */
export class Head {
  readonly #columns: readonly Column[];
  readonly #table: OpenedTable;
  readonly #notes: HeadNotes;
  readonly #preview: unknown[] = [];
  /** Columns without a name in which nothing has been seen. */
  readonly #blank: Set<number>;

  constructor(columns: readonly Column[], table: OpenedTable, notes: HeadNotes) {
    this.#columns = columns;
    this.#table = table;
    this.#notes = notes;
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
    const { reader, remembered = false } = this.#notes;
    const dateOrder = reader.dateOrder ?? null;
    const saysOrder = reader.saysDateOrder;
    return { format, encoding, delimiter, columns, preview: this.#preview, dateOrder, saysOrder, remembered };
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
      if (reader.isNothing(record)) continue;
      const row = reader.read(record);
      head.show(row);
      rows.push(row);
    }
    yield rows;
  }
}
