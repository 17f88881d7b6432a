import { areOfAppointments } from '../../../../../shared/appointment-columns.ts';
import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';
import { firmRankOf } from '../headers/header-names.ts';

interface Named {
  readonly index: number;
  readonly header: string;
  readonly meaning: ColumnMeaning;
}

const names: ReadonlySet<ColumnMeaning> = new Set<ColumnMeaning>(['fullName', 'firstName', 'lastName']);

/** Columns with names of firms that have no field, the best name first: `Razão social`, then `Empresa`, then `Nome fantasia`. */
export const firmColumns = <Column extends Named>(columns: readonly Column[]): Column[] =>
  columns
    .filter(({ header, meaning }) => meaning === 'extra' && firmRankOf(header) !== undefined)
    .sort((a, b) => (firmRankOf(a.header) ?? 0) - (firmRankOf(b.header) ?? 0));

/** In a list of clients without any column of names, the firm is the client. Columns that a person chose stay as they are. */
export function giveFirmName<Column extends Named>(
  columns: readonly Column[],
  chosen: ReadonlyMap<number, ColumnMeaning>,
): Column[] {
  if (columns.some(({ meaning }) => names.has(meaning)) || areOfAppointments(columns)) return [...columns];
  const [firm] = firmColumns(columns.filter(({ index }) => !chosen.has(index)));
  return columns.map((column) => (column === firm ? { ...column, meaning: 'fullName' } : column));
}
