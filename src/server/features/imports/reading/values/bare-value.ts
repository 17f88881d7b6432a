/** `="00123"`: how a value is written that a spreadsheet must not change. Gives the value inside, or the cell as it is. */
export function bareValue(cell: string): string {
  const text = cell.trim();
  if (!text.startsWith('="') || !text.endsWith('"') || text.length < 3) return cell;
  const inner = text.slice(2, -1);
  return inner.replaceAll('""', '').includes('"') ? cell : inner.replaceAll('""', '"');
}

/** Reading removes one apostrophe before a formula, which an export added. Where it belongs to the value: adds another. */
export const keepApostrophe = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? `'${text}` : text);
