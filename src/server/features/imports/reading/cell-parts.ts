/** Groups in which Google puts contacts by itself. */
const googlesOwn: ReadonlySet<string> = new Set(['* myContacts', '* starred', '* friends', '* family', '* coworkers']);

/** Tags as people write them in one cell, or as a JSON list where our own export had to. */
export function tagsOf(cell: string): string[] {
  const list = cell.startsWith('[') ? parseJson(cell) : undefined;
  if (Array.isArray(list) && list.every((tag) => typeof tag === 'string')) return list;
  // Our own export writes `|`, so that a comma within a tag stays; Google's writes `:::`.
  const separator = cell.includes('|') ? '|' : /[;,]|:::/;
  return cell
    .split(separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !googlesOwn.has(tag));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The texts of a JSON object, as our own export writes `extra`; undefined when it is something else. */
export function textsOf(cell: string): Record<string, string> | undefined {
  const parsed = parseJson(cell);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
