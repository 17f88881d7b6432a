/** What separates tags in one cell, as people and Google write them. */
export const tagSeparators = /[;,]|:::/;

/** Writes tags into one cell: separated by `|`, or as a JSON list where a tag holds a sign that reads as a separator. */
export function writeTags(tags: readonly string[]): string {
  const cell = tags.join('|');
  const isPlain = !tags.some((tag) => tag.includes('|')) && (tags.length > 1 || !tagSeparators.test(cell));
  return isPlain && !cell.startsWith('[') ? cell : JSON.stringify(tags);
}
