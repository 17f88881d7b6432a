import type { DateOrder } from '../../../../shared/import-choices.ts';
import type { Locale } from '../../../../shared/errors.ts';
import { writeCsvLine } from '../../../http/csv.ts';
import { rowMessage } from './messages.ts';
import type { RejectPage } from './reject-queries.ts';
import type { BrokenCode } from '../reading/records/records.ts';
import { orderColumns, refusedColumns } from './refused-list.ts';

/** Problems for which a line was not split into cells. */
const undivided: ReadonlySet<string> = new Set<BrokenCode>([
  'unclosed_quote',
  'stray_quote',
  'invalid_record',
  'unfinished_card',
  'card_too_long',
]);

/** The part of the JSON in `imports.header` that the list needs. */
interface Header {
  readonly columns: readonly { readonly header: string }[];
  readonly delimiter: string | null;
  readonly dateOrder: DateOrder | null;
  readonly saysOrder: boolean;
}

type ReadPage = (after: number) => Promise<RejectPage | undefined>;

/**
 * Writes rejected rows with the columns of their file, then line and reason, to be corrected and imported again (refused-list.ts
 * reads them). Has the file's own delimiter, and a byte order mark for Excel.
 */
export async function* rejectedCsv(
  read: ReadPage,
  { header }: { readonly header: unknown },
  locale: Locale,
): AsyncGenerator<string> {
  const { columns = [], delimiter = null, dateOrder, saysOrder = false } = (header ?? {}) as Partial<Header>;
  const order = saysOrder && dateOrder ? [orderColumns[dateOrder]] : [];
  const separator = delimiter === ',' || delimiter === '\t' ? delimiter : ';';
  const line = (cells: readonly unknown[]): string => writeCsvLine(cells, separator);
  yield `\ufeff${line([...columns.map((column) => column.header), ...refusedColumns, ...order])}`;
  for (let found = await read(-1); found !== undefined; found = await read(found.page))
    for (const { line: number, cells, problems } of found.rejects) {
      // Surplus cells come last, so that our own columns stay under their headers.
      const isText = problems.some(({ code }) => undivided.has(code));
      const own = columns.map((_, index) => (isText ? '' : (cells[index] ?? '')));
      const rest = isText ? cells : cells.slice(columns.length);
      yield line([...own, number, reasonsOf(problems, columns, locale), ...order.map(() => ''), ...rest]);
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
