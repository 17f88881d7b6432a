/** A statement of a migration after which an earlier release may fail ("contract" in expand and contract). */
export interface Contraction {
  readonly migration: string;
  readonly statement: string;
  readonly reason: string;
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^drop\s+(table|view|materialized\s+view|schema|type|sequence)\b/, 'takes away what the earlier release uses'],
  [/^drop\s+(function|procedure|trigger)\b/, 'takes away a function or trigger the earlier release relies on'],
  [
    /^alter\s+table\b.*\bdrop\s+(column\s+)?(?!constraint\b|default\b|not\s+null\b|identity\b|expression\b)\w/,
    'takes a column away',
  ],
  [/^alter\s+(table|type|function|schema)\b.*\brename\b/, 'the earlier release knows the old name'],
  [/^alter\s+table\b.*\balter\s+(column\s+)?\S+\s+(set\s+data\s+)?type\b/, 'the earlier release expects the old type'],
  [/^alter\s+table\b.*\bset\s+not\s+null\b/, 'the earlier release may leave it empty'],
  [
    /^alter\s+table\b.*\badd\s+(constraint\b|check\b|unique\b|exclude\b|foreign\s+key\b)/,
    'the earlier release may write what this refuses',
  ],
  [
    /^alter\s+table\b.*\badd\s+(column\s+)?(?!constraint\b|check\b|unique\b|exclude\b|foreign\b|primary\b)\S+\s+(?!.*\b(default|generated)\b).*\bnot\s+null\b/,
    'the earlier release does not fill it in',
  ],
  [/^create\s+unique\s+index\b/, 'the earlier release may write what this refuses'],
  [/^(revoke|drop\s+(policy|role))\b/, 'the earlier release may lose a right'],
];

/** The tables that these statements create. No earlier release uses them, so later changes to them break nothing. */
const listCreatedTables = (statements: readonly string[]): Set<string> =>
  new Set(
    statements.flatMap(
      (statement) => /^create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w.]+)/.exec(statement)?.[1] ?? [],
    ),
  );

const functionName = /^(?:create|drop) function (?:if exists )?([\w.]+)/;

/** Functions that a migration takes away and makes again under their name, as one has to in order to add a parameter. */
const listReplacedFunctions = (statements: readonly string[]): Set<string> =>
  new Set(
    statements.flatMap((statement) =>
      statement.startsWith('create function') ? (functionName.exec(statement)?.[1] ?? []) : [],
    ),
  );

/**
 * Finds the statements in these migrations that could prevent the previous release from running on the new schema. Reads
 * the SQL without running it. An empty result means that the migrations only add.
 */
export function findContractions(
  migrations: readonly { readonly name: string; readonly sql: string }[],
): Contraction[] {
  const added = new Set<string>();
  return migrations.flatMap(({ name, sql }) => {
    const statements = splitStatements(sql);
    for (const table of listCreatedTables(statements)) added.add(table);
    const replaced = listReplacedFunctions(statements);
    return statements.flatMap((statement) => {
      if (statement.startsWith('drop function') && replaced.has(functionName.exec(statement)?.[1] ?? '')) return [];
      const subject =
        /^(?:alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?|create\s+unique\s+index\s+\S+\s+on\s+)([\w.]+)/.exec(
          statement,
        )?.[1];
      const rule = rules.find(([expression]) => expression.test(statement));
      if (rule === undefined || (subject !== undefined && added.has(subject))) return [];
      return [{ migration: name, statement: statement.slice(0, 120), reason: rule[1] }];
    });
  });
}

/** Splits into statements, in lower case on one line each, without comments, texts and the bodies of functions. */
function splitStatements(sql: string): string[] {
  return sql
    .replace(/(\$\w*\$).*?\1/gs, "''")
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' ').toLowerCase())
    .filter((statement) => statement !== '');
}
