import type { ColumnMeaning } from '../../../../../shared/contracts/imports.ts';
import { readers } from '../values/values.ts';

const reads = (field: keyof typeof readers, cell: string): boolean => typeof readers[field](cell) === 'string';

/** A value that tells by itself what it is, and that nobody would name a column; undefined for any other text. */
export function kindOf(cell: string): ColumnMeaning | undefined {
  if (cell.includes('@')) return reads('email', cell) ? 'email' : undefined;
  if (!/\d/.test(cell)) return undefined;
  if (/^\d{5}-\d{3}$/.test(cell)) return 'address.postalCode';
  if (/^\d+[-/.]\d+[-/.]\d+/.test(cell) && reads('dateOfBirth', cell)) return 'dateOfBirth';
  if (reads('document', cell)) return 'document';
  return reads('phone', cell) ? 'phone' : undefined;
}

/** What the columns of a file without names seem to hold, by the first client in it. */
export function kindsOf(cells: readonly string[]): (ColumnMeaning | undefined)[] {
  const kinds = cells.map((cell) => kindOf(cell.trim()));
  const name = cells.findIndex((cell) => /^\p{L}[\p{L}\p{M}’'. ]*$/u.test(cell.trim()));
  return kinds.map((kind, index) => (index === name ? 'fullName' : kind));
}
