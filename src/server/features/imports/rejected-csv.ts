import type { Locale } from '../../../shared/errors.ts';
import { csvLine } from '../../http/csv.ts';
import { rowMessage } from './messages.ts';
import type { ImportRow, RejectRow } from './queries.ts';

const rowsPerTrip = 500;
/** What reading passes over when the file comes back. */
const ownColumns = ['Linha do arquivo', 'Motivo da recusa'];

type ReadPage = (page: { readonly after: number; readonly limit: number }) => Promise<readonly RejectRow[]>;

/**
 * Rows that were not taken with the columns of their file, then the line and the reason: to be mended and imported again,
 * which passes over the last two. With the file's own delimiter and a byte order mark, as Excel wants it.
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
      // Cells that are too many follow at the end, so that ours stand under their names.
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
