/** `="00123"`: how a value is written that a spreadsheet must not change. Gives the value inside, or the cell as it is. */
export function bareValue(cell: string): string {
  const text = cell.trim();
  if (!text.startsWith('="') || !text.endsWith('"') || text.length < 3) return cell;
  const inner = text.slice(2, -1);
  return inner.replaceAll('""', '').includes('"') ? cell : inner.replaceAll('""', '"');
}
