/** Unwraps `="00123"`, which keeps a spreadsheet from changing a value. Returns other cells unchanged. */
export function bareValue(cell: string): string {
  const text = cell.trim();
  if (!text.startsWith('="') || !text.endsWith('"') || text.length < 3) return cell;
  const inner = text.slice(2, -1);
  return inner.replaceAll('""', '').includes('"') ? cell : inner.replaceAll('""', '"');
}

/** Reading removes one apostrophe in front of a formula. If it belongs to the value, this adds another one. */
export const keepApostrophe = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? `'${text}` : text);
