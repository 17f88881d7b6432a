import type { Locale } from '../../../shared/errors.ts';
import { csvLine } from '../../http/csv.ts';
import { rowMessage } from './messages.ts';
import type { ImportRow, RejectRow } from './queries.ts';

const rowsPerTrip = 500;
/** Columns that an import of this file ignores. */
const ownColumns = ['Linha do arquivo', 'Motivo da recusa'];

type ReadPage = (page: { readonly after: number; readonly limit: number }) => Promise<readonly RejectRow[]>;

/**
 * Refused rows with the columns of their file, then the line and the reason: to be corrected and imported again, which
 * ignores the last two. With the file's own delimiter and a byte order mark, for Excel.
 */
export async function* rejectedCsv(read: ReadPage, { header }: ImportRow, locale: Locale): AsyncGenerator<string> {
  const { columns = [], delimiter = null } = (header ?? {}) as {
    columns?: { header: string }[];
    delimiter?: string | null;
  };
  const separator = delimiter === ',' || delimiter === '\t' ? delimiter : ';';
  const line = (cells: readonly unknown[]): string => csvLine(cells, separator);
  yield `\ufeff${line([...columns.map((column) => column.header), ...ownColumns])}`;
  for (let after = -1; ;) {
    const rows = await read({ after, limit: rowsPerTrip });
    for (const { line: number, cells, problems } of rows) {
      // Surplus cells come last, so that the two columns stay under their headers.
      const own = columns.map((_, index) => cells[index] ?? '');
      yield line([...own, number, reasonsOf(problems, columns, locale), ...cells.slice(columns.length)]);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerTrip) return;
    after = last.line;
  }
}

const reasonsOf = (
  problems: RejectRow['problems'],
  columns: readonly { readonly header: string }[],
  locale: Locale,
): string =>
  problems
    .map(({ column, code }) => {
      const header = columns[column - 1]?.header;
      return header === undefined ? rowMessage(code, locale) : `${header}: ${rowMessage(code, locale)}`;
    })
    .join(' ');
