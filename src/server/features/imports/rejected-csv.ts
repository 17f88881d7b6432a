import type { Locale } from '../../../shared/errors.ts';
import { csvLine } from '../../http/csv.ts';
import { rowMessage } from './messages.ts';
import type { ImportRow, RejectPage } from './queries.ts';

/** Columns that an import of this file ignores. */
const ownColumns = ['Linha do arquivo', 'Motivo da recusa'];

type ReadPage = (after: number) => Promise<RejectPage | undefined>;

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
  for (let found = await read(-1); found !== undefined; found = await read(found.page))
    for (const { line: number, cells, problems } of found.rejects) {
      // Surplus cells come last, so that the two columns stay under their headers.
      const own = columns.map((_, index) => cells[index] ?? '');
      yield line([...own, number, reasonsOf(problems, columns, locale), ...cells.slice(columns.length)]);
    }
}

const reasonsOf = (
  problems: RejectPage['rejects'][number]['problems'],
  columns: readonly { readonly header: string }[],
  locale: Locale,
): string =>
  problems
    .map(({ column, code }) => {
      const header = columns[column - 1]?.header;
      return header === undefined ? rowMessage(code, locale) : `${header}: ${rowMessage(code, locale)}`;
    })
    .join(' ');
