import type { DateOrder, Encoding } from '../../../../shared/import-choices.ts';
import type { Column, Mapping } from '../reading/columns/columns.ts';
import type { FileProblem } from '../reading/records/records.ts';
import type { ImportRow, RejectedRow } from '../reading/rows/rows.ts';
import type { Table } from '../reading/table.ts';

/** Choices about reading a file; the JSON in `imports.options`. */
export interface ImportOptions {
  readonly mapping?: Mapping | undefined;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly areaCode?: string | null | undefined;
  readonly withoutBadFields?: boolean | undefined;
  readonly apart?: readonly number[] | undefined;
  readonly limit?: number | undefined;
}

/** A file or another system's records, as a table of text. */
export type OpenedTable = Omit<Table, 'format'> & { readonly format: Table['format'] | 'remote' };

export type RowBatches = AsyncIterable<readonly (ImportRow | RejectedRow)[]>;

/** The meanings of columns; or the problem, with the head to show to the person who has to map them. */
export type MappedColumns =
  | { readonly columns: readonly Column[]; readonly isOwnExport: boolean }
  | { readonly problem: FileProblem; readonly head: unknown };

/** How the columns are read. */
export interface ColumnChoice {
  readonly mapping: Mapping | undefined;
  /** True when the mapping was chosen for an earlier file. */
  readonly isRemembered: boolean;
  /** The order of dates that an earlier reading of this file found. */
  readonly foundDateOrder: DateOrder | undefined;
}

/** Opened rows. */
export interface OpenedRows {
  readonly header: readonly string[];
  /** False for a file without header, whose column names are made up. */
  readonly isNamed: boolean;
  /** Maps the columns; call it before `rows`. Throws FileProblem. */
  map(choice: ColumnChoice): Promise<MappedColumns>;
  /** The rows in order, in batches as they are read. Throws FileProblem. */
  rows(): RowBatches;
  /** What the web page shows about the file: its columns and first rows. */
  head(): unknown;
  close(): Promise<void>;
}

/** A source of rows: a file or another system. */
export interface RowSource {
  /** The approximate number of rows, known before reading. */
  readonly expectedRows: number;
  /** Opens the source at its start. Throws FileProblem. */
  open(options: ImportOptions): Promise<OpenedRows>;
  /** How much has been read, 0 to 1. */
  progress(): number;
}
