import type { DateOrder } from '../../../shared/contracts/imports.ts';
import type { Mapping } from './reading/columns.ts';
import type { Encoding } from './reading/encodings.ts';
import type { Table } from './reading/table.ts';

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

/** Where rows come from. */
export interface RowSource {
  /** Roughly how many rows there are; known before anything is read. */
  readonly expectedRows: number;
  /** Opens the source at its start. Throws FileProblem. */
  open(options: ImportOptions): Promise<OpenedTable>;
  /** How much has been read, 0 to 1. */
  progress(): number;
}
