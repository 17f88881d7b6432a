import type { DateOrder } from '../../../../shared/import-choices.ts';
import { unguardFormulas } from '../../../../shared/formula-guard.ts';
import { shapeCodeOf } from './messages.ts';
import { CsvParser } from '../reading/csv/csv-parser.ts';
import { isBlank, type TableRecord } from '../reading/records/records.ts';
import type { Table } from '../reading/table.ts';

/** Columns that our list of rejected rows has in addition; an import ignores them. */
export const refusedColumns = ['Linha do arquivo', 'Motivo da recusa'] as const;
/** The header of a third one, which states the order of dates when the rows alone may not show it. */
export const orderColumns: Readonly<Record<DateOrder, string>> = {
  day: 'Datas: dia antes do mês',
  month: 'Datas: mês antes do dia',
};

/**
 * Restores the rows of our list of rejected rows to their original shape, so that they are rejected again unless somebody has
 * corrected them. Returns any other table unchanged.
 */
export function asItWas(table: Table): Table {
  const { cells } = table.header;
  const [first, second] = refusedColumns;
  const at = cells.findIndex((cell, index) => cell.trim() === first && cells[index + 1]?.trim() === second);
  if (at < 1) return table;
  const third = cells[at + 2]?.trim();
  const dateOrder = third === orderColumns.day ? 'day' : third === orderColumns.month ? 'month' : undefined;
  const place = { at, end: at + (dateOrder === undefined ? 2 : 3), delimiter: table.delimiter };
  async function* records(): AsyncGenerator<readonly TableRecord[]> {
    for await (const batch of table.records) yield batch.map((record) => recordAsItWas(record, place));
  }
  return { ...table, dateOrder, header: { ...table.header, cells: cells.slice(0, at) }, records: records() };
}

interface Place {
  /** Index of the first of our own columns, and after the last. */
  readonly at: number;
  readonly end: number;
  readonly delimiter: string | undefined;
}

function recordAsItWas(record: TableRecord, { at, end, delimiter }: Place): TableRecord {
  if (record.broken !== undefined) return record;
  const plain = record.cells.map((cell) => unguardFormulas(cell, delimiter));
  const own = plain.slice(0, at);
  const code = shapeCodeOf(plain[at + 1] ?? '');
  const [surplus, ...others] = plain.slice(end);
  if (surplus === undefined) {
    const last = code === 'missing_cells' ? own.findLastIndex((cell) => cell !== '') + 1 : own.length;
    return { ...record, cells: own.slice(0, last) };
  }
  const isWhole = others.length === 0 && isBlank({ ...record, cells: own });
  const broken = isWhole ? brokenLine(surplus, delimiter) : undefined;
  if (broken === undefined) return { ...record, cells: [...own, surplus, ...others] };
  const { column } = broken;
  return {
    line: record.line,
    cells: [surplus],
    broken: { column, code: code === 'stray_quote' || code === 'unclosed_quote' ? code : broken.code },
  };
}

/** A line that could not be split into cells is in one cell after the columns. */
function brokenLine(text: string, delimiter = ';'): TableRecord['broken'] {
  const parser = new CsvParser({ delimiter });
  const [record] = [...parser.push(text), ...parser.end()];
  return record?.broken;
}
