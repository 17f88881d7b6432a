/** What parts tags in one cell, as people and Google write them. An export quotes a tag that holds one of these. */
export const tagSeparators = /[;,]|:::/;

/** Tags in one cell: between bars, or as a JSON list where a sign in them would be taken for what parts them. */
export function writeTags(tags: readonly string[]): string {
  const cell = tags.join('|');
  const isPlain = !tags.some((tag) => tag.includes('|')) && (tags.length > 1 || !tagSeparators.test(cell));
  return isPlain && !cell.startsWith('[') ? cell : JSON.stringify(tags);
}
