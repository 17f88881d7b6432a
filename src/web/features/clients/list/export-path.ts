import type { ListFilters } from './list-filters.ts';

export type ExportFormat = 'csv' | 'xlsx';

/** The path of the filtered list as a file, below `/api/v1`. A CSV file has the form that a Brazilian Excel opens. */
export function exportPath(format: ExportFormat, filters: ListFilters): string {
  const query = new URLSearchParams(format === 'csv' ? { dialect: 'excel' } : {});
  // A file has one order; people sort it in the program they open it with.
  for (const [name, value] of Object.entries(filters)) if (name !== 'sort') query.set(name, String(value));
  return `/clients/export.${format}${query.size === 0 ? '' : `?${query.toString()}`}`;
}
