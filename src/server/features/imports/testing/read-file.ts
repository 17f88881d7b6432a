import type { DateOrder } from '../../../../shared/import-choices.ts';
import { isOwnExport, mapColumns } from '../reading/columns/columns.ts';
import { FileProblem } from '../reading/records/records.ts';
import { type ImportRow, type RejectedRow, RowReader } from '../reading/rows/rows.ts';
import { memorySource } from './memory-source.ts';
import { openTable } from '../reading/table.ts';
import { asItWas } from '../reporting/refused-list.ts';

interface ReadFile {
  readonly rows: readonly (ImportRow | RejectedRow)[];
  readonly taken: readonly ImportRow[];
  readonly refused: readonly RejectedRow[];
  readonly delimiter: string | undefined;
  readonly dateOrder: DateOrder | undefined;
}

/** Reads a text file like an import, also when its dates turn out to have the month first. Throws FileProblem. */
export async function readFile(content: string | Buffer, dateOrder?: DateOrder): Promise<ReadFile> {
  try {
    return await readOnce(content, dateOrder, undefined);
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'month_first') return readOnce(content, undefined, 'month');
    throw error;
  }
}

async function readOnce(content: string | Buffer, chosen: DateOrder | undefined, found: DateOrder | undefined) {
  const table = asItWas(await openTable(memorySource(typeof content === 'string' ? Buffer.from(content) : content)));
  const columns = mapColumns(table.header.cells, undefined, table.header.line);
  const exact = isOwnExport(columns);
  const reader = new RowReader(
    columns,
    {
      exact,
      ragged: false,
      delimiter: table.delimiter,
      dateOrder: chosen ?? table.dateOrder,
      foundDateOrder: found,
    },
    table.header.cells,
  );
  const rows: (ImportRow | RejectedRow)[] = [];
  for await (const records of table.records)
    for (const record of records) if (!reader.isNothing(record)) rows.push(reader.read(record));
  return {
    rows,
    taken: rows.filter((row): row is ImportRow => !('problems' in row)),
    refused: rows.filter((row): row is RejectedRow => 'problems' in row),
    delimiter: table.delimiter,
    dateOrder: reader.dateOrder,
  };
}
