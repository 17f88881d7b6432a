import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';
import { readers } from '../values/values.ts';

const reads = (field: keyof typeof readers, cell: string): boolean => typeof readers[field](cell) === 'string';

/** Recognises a value by its form, such as an e-mail. @returns undefined for other text, which may be a column's name */
export function kindOf(cell: string): ColumnMeaning | undefined {
  if (cell.includes('@')) return reads('email', cell) ? 'email' : undefined;
  if (!/\d/.test(cell)) return undefined;
  if (/^\d{5}-\d{3}$/.test(cell)) return 'address.postalCode';
  if (/^\d+[-/.]\d+[-/.]\d+/.test(cell) && reads('dateOfBirth', cell)) return 'dateOfBirth';
  if (reads('document', cell)) return 'document';
  return reads('phone', cell) ? 'phone' : undefined;
}

/** Guesses the meanings of the columns of a file without header, from its first client. */
export function kindsOf(cells: readonly string[]): (ColumnMeaning | undefined)[] {
  const kinds = cells.map((cell) => kindOf(cell.trim()));
  const name = cells.findIndex((cell) => /^\p{L}[\p{L}\p{M}’'. ]*$/u.test(cell.trim()));
  return kinds.map((kind, index) => (index === name ? 'fullName' : kind));
}
