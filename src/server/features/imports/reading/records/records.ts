/** One record of a table, as in the file. */
export interface TableRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set when the record cannot be split into cells; `cells` then has the whole line as one. */
  readonly broken?: { readonly code: BrokenCode; readonly column: number };
}

export type BrokenCode = 'unclosed_quote' | 'stray_quote' | 'invalid_record' | 'unfinished_card' | 'card_too_long';

/** Whether all cells are empty. */
export const isBlank = ({ cells, broken }: TableRecord): boolean =>
  broken === undefined && cells.every((cell) => cell.trim() === '');

export type FileProblemCode =
  | 'empty_file'
  | 'unknown_format'
  | 'old_workbook'
  | 'broken_workbook'
  | 'encrypted_workbook'
  | 'broken_text'
  | 'ambiguous_encoding'
  | 'record_too_long'
  | 'too_many_columns'
  | 'file_too_large'
  | 'workbook_too_large'
  | 'file_too_complex'
  | 'no_known_column'
  | 'no_header'
  | 'duplicate_header'
  | 'duplicate_mapping'
  | 'invalid_mapping'
  | 'damaged_header'
  | 'month_first'
  | 'mixed_dates'
  | 'too_many_appointments';

/** The whole file cannot be imported; says why and, if known, where (from 1). */
export class FileProblem extends Error {
  readonly code: FileProblemCode;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: FileProblemCode,
    where: { readonly line?: number; readonly column?: number; readonly details?: Record<string, unknown> } = {},
  ) {
    super(code);
    this.name = 'FileProblem';
    this.code = code;
    this.line = where.line;
    this.column = where.column;
    this.details = where.details ?? {};
  }
}
