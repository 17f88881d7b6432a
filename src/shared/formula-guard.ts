// A cell that a spreadsheet would run as a formula is written with an apostrophe before the formula (OWASP, CSV injection).
// Reading such a file takes the apostrophe off again.

/** Signs that begin a formula; some spreadsheets accept their full-width forms of East Asia too. */
const signs = new Set(Array.from('=+-@＝＋－＠'));
const beginsFormula = /^'*[=+\-@\t\r]/;
/** What may stand right before a formula: separators of cells or lines, spaces, quotes, and our own apostrophes. */
const runs = /[;,|\s"']+/g;
const separators = [';', ',', '|', '\t', '\r', '\n'];

/**
 * The signs at which another program may split a cell of the file. A Brazilian spreadsheet, for example, splits a comma file
 * at `;`, and there the quotes of the file do not hold a cell together. At the file's own `delimiter` they do. Files without a
 * delimiter (XLSX) are not split by signs at all.
 */
const listSplitSigns = (delimiter: string | undefined): readonly string[] =>
  delimiter === undefined ? [] : separators.filter((sign) => sign !== delimiter);

/** Applies `change` to the signs right before each place where a formula could begin, except the start of a guarded text. */
function changeBeforeFormulas(text: string, delimiter: string | undefined, change: (before: string) => string): string {
  const splitSigns = listSplitSigns(delimiter);
  const begins = beginsFormula.test(text);
  return text.replace(runs, (run, offset: number) => {
    if (!signs.has(text.charAt(offset + run.length))) return run;
    const isStart = (offset === 0 && !begins) || splitSigns.some((sign) => run.includes(sign));
    return isStart ? change(run) : run;
  });
}

/** Puts an apostrophe before everything that could become a formula, wherever a spreadsheet may split the text. */
export function guardFormulas(text: string, delimiter: string | undefined): string {
  const inner = changeBeforeFormulas(text, delimiter, (before) => `${before}'`);
  return beginsFormula.test(text) || signs.has(text.charAt(0)) ? `'${inner}` : inner;
}

/** Takes off the apostrophes that `guardFormulas` put there. */
export function unguardFormulas(text: string, delimiter: string | undefined): string {
  if (!text.includes("'")) return text;
  const inner = changeBeforeFormulas(text, delimiter, (before) =>
    before.endsWith("'") ? before.slice(0, -1) : before,
  );
  return beginsFormula.test(text) && inner.startsWith("'") ? inner.slice(1) : inner;
}
