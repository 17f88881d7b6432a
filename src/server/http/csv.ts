import { guardFormulas } from '../../shared/formula-guard.ts';

/**
 * A cell that no spreadsheet executes, wherever it parts the file (OWASP, CSV injection), and every CSV reader returns
 * unchanged (RFC 4180).
 */
export function csvCell(value: unknown, delimiter = ','): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = guardFormulas(text, delimiter);
  return /[",;\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record with its line end. */
export const csvLine = (cells: readonly unknown[], delimiter = ','): string =>
  `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
