/**
 * A cell that no spreadsheet will run (OWASP, CSV injection) and any CSV reader gives back (RFC 4180): a sign that would
 * begin a formula gets an apostrophe in front, and so does one that has some already, which tells ours from theirs.
 */
export function csvCell(value: unknown, delimiter = ','): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A record with its line end. */
export const csvLine = (cells: readonly unknown[], delimiter = ','): string =>
  `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
