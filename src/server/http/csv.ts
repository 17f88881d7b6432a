import { guardFormulas } from '../../shared/formula-guard.ts';

/**
 * Writes a CSV cell (RFC 4180) that no spreadsheet executes as a formula, whichever delimiter it splits at (OWASP, CSV
 * injection).
 */
export function writeCsvCell(value: unknown, delimiter = ','): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = guardFormulas(text, delimiter);
  return /[",;\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Writes a CSV record with its line end. */
export const writeCsvLine = (cells: readonly unknown[], delimiter = ','): string =>
  `${cells.map((cell) => writeCsvCell(cell, delimiter)).join(delimiter)}\r\n`;
