/**
 * A cell that no spreadsheet executes (OWASP, CSV injection) and every CSV reader returns unchanged (RFC 4180). A
 * character that would begin a formula gets an apostrophe in front. So does one that already has apostrophes: reading
 * takes off one.
 */
export function csvCell(value: unknown, delimiter = ','): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record with its line end. */
export const csvLine = (cells: readonly unknown[], delimiter = ','): string =>
  `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
