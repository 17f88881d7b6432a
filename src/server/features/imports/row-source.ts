import type { Mapping } from './reading/columns.ts';
import type { Encoding } from './reading/encodings.ts';
import type { Table } from './reading/table.ts';

/** What was asked besides the rules, as `imports.options` keeps it. */
export interface ImportOptions {
  readonly mapping?: Mapping | undefined;
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: string | undefined;
  readonly limit?: number | undefined;
}

/** A file or another system's records, as rows of text. */
export type OpenedTable = Omit<Table, 'format'> & { readonly format: Table['format'] | 'remote' };

/** Where rows come from. */
export interface RowSource {
  /** How many rows there may be, roughly; before anything is read. */
  readonly expectedRows: number;
  /** Opens it at its start. Throws FileProblem. */
  open(options: ImportOptions): Promise<OpenedTable>;
  /** How much has been read, 0 to 1. */
  progress(): number;
}
