/** The name of a table in SQL, without schema and quotes. */
const name = String.raw`(?:public\.)?"?([a-z_][a-z_0-9]*)"?`;

const writes = [
  String.raw`\b(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto|sql\.into|sql\.set)\(\s*['"\x60]([a-z_]+)`,
  String.raw`\b(?:insert|merge)\s+into\s+${name}`,
  String.raw`\bupdate\s+(?:only\s+)?${name}\s+(?:(?:as\s+)?[a-z_]+\s+)?set\b`,
  String.raw`\bdelete\s+from\s+(?:only\s+)?${name}`,
  String.raw`\bcopy\s+${name}\s*(?:\([^)]*\)\s*)?from\b`,
  String.raw`\btruncate\s+(?:table\s+)?(?:only\s+)?${name}`,
].map((pattern) => new RegExp(pattern, 'gi'));

const hidden =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto|sql\.into|sql\.set)\((?!\s*['"`])|\b(?:insert\s+into|merge\s+into|delete\s+from|copy|truncate)\s+\$\{|\bupdate\s+\$\{[^}]*\}[\s\w]*\bset\b/i;

/** Removes comments of TypeScript and SQL, which may mention statements. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^\s*(?:\/\/|--).*$/gm, ' ');

/** The tables that a source file or the body of a function writes to. */
export function listWrittenTables(text: string): string[] {
  const code = withoutComments(text);
  return [...new Set(writes.flatMap((pattern) => [...code.matchAll(pattern)].flatMap(([, table]) => table ?? [])))];
}

/** Whether a source file writes to a table whose name is not in the text. */
export const hidesTable = (text: string): boolean => hidden.test(withoutComments(text));

/** The SQL functions that a source file or another function calls. */
export const listCalledFunctions = (text: string): string[] => [
  ...new Set([...withoutComments(text).matchAll(/\bapp\.([a-z_]+)\(/g)].flatMap(([, called]) => called ?? [])),
];
