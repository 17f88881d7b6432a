import type { Column } from '../reading/columns/columns.ts';
import type { ImportRow, RejectedRow, RowReader } from '../reading/rows/rows.ts';
import type { OpenedTable } from './row-source.ts';

const previewRows = 5;

interface HeadNotes {
  readonly reader: RowReader;
  /** True when the mapping was remembered from an earlier file. */
  readonly remembered?: boolean;
}

/** What the web page shows about a file: its columns and first rows. */
export class Head {
  readonly #columns: readonly Column[];
  readonly #table: OpenedTable;
  readonly #notes: HeadNotes;
  readonly #preview: unknown[] = [];
  /** Columns without a name that have been empty so far. */
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
      this.#preview.push({
        line: row.line,
        values: { ...row.values, ...describeAppointment(row) },
        tags: row.tags ?? [],
        extra: row.extra ?? {},
      });
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

/** What a row says about an appointment, by the meanings of columns; times as they are read. */
function describeAppointment({ next, appointment }: ImportRow): Readonly<Record<string, string>> {
  if (appointment !== undefined)
    return Object.fromEntries(
      Object.entries(appointment).map(([part, value]) => [
        `appointment.${part === 'start' ? 'date' : part}`,
        String(value),
      ]),
    );
  return next === undefined ? {} : { 'nextAppointment.date': next.start ?? next.text };
}
