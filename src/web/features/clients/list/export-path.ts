import type { ListFilters } from './list-filters.ts';

export type ExportFormat = 'csv' | 'xlsx';

/** The path of the filtered list as a file, below `/api/v1`, archived clients after the active ones if wanted. A CSV file has the form that a Brazilian Excel opens. */
export function exportPath(format: ExportFormat, filters: ListFilters, withArchived = false): string {
  const query = new URLSearchParams(format === 'csv' ? { dialect: 'excel' } : {});
  // A file has one order; people sort it in the program they open it with.
  for (const [name, value] of Object.entries(filters)) if (name !== 'sort') query.set(name, String(value));
  if (withArchived) query.set('status', 'all');
  return `/clients/export.${format}${query.size === 0 ? '' : `?${query.toString()}`}`;
}
