import type { DateOrder, Encoding } from '../../../../shared/import-choices.ts';
import type { Column, Mapping } from '../reading/columns/columns.ts';
import type { FileProblem } from '../reading/records/records.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import type { Table } from '../reading/table.ts';

/** Choices about reading, as `imports.options` stores them. */
export interface ImportOptions {
  readonly mapping?: Mapping | undefined;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly areaCode?: string | null | undefined;
  readonly limit?: number | undefined;
}

/** A file or another system's records, as rows of text. */
export type OpenedTable = Omit<Table, 'format'> & { readonly format: Table['format'] | 'remote' };

export type RowBatches = AsyncIterable<readonly (ImportRow | RejectedRow)[]>;

/** What the columns hold; where that is unclear, why, and the head that is shown to the person who has to say it. */
export type MappedColumns =
  | { readonly columns: readonly Column[]; readonly isOwnExport: boolean }
  | { readonly problem: FileProblem; readonly head: unknown };

/** How the columns are read. */
export interface ColumnChoice {
  readonly mapping: Mapping | undefined;
  /** The mapping is what somebody chose for an earlier file. */
  readonly isRemembered: boolean;
  /** Of dates, as an earlier reading of this file found it. */
  readonly foundDateOrder: DateOrder | undefined;
}

/** Rows that are being read. */
export interface OpenedRows {
  readonly header: readonly string[];
  /** False where the file begins with a client at once, and the names of columns are made up. */
  readonly isNamed: boolean;
  /** Has to be called before the rows are read. Throws FileProblem. */
  map(choice: ColumnChoice): Promise<MappedColumns>;
  /** In the order of the file, as they are read. Throws FileProblem. */
  rows(): RowBatches;
  /** What the page shows of the file: its columns, and the first rows as they were read. */
  head(): unknown;
  close(): Promise<void>;
}

/** Where rows come from. */
export interface RowSource {
  /** Roughly how many rows there are; known before anything is read. */
  readonly expectedRows: number;
  /** Opens the source at its start. Throws FileProblem. */
  open(options: ImportOptions): Promise<OpenedRows>;
  /** How much has been read, 0 to 1. */
  progress(): number;
}
