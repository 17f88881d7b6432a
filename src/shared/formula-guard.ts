// Cells that a spreadsheet would run as a formula get an apostrophe before it (OWASP, CSV injection); reading takes it off.

/** Signs that begin a formula; some spreadsheets take the wide ones of East Asia for them. */
const signs = new Set(Array.from('=+-@＝＋－＠'));
const beginsFormula = /^'*[=+\-@\t\r]/;
/** What may stand before a formula besides text: whatever parts cells or lines, spaces, quotes, our own apostrophes. */
const runs = /[;,|\s"']+/g;
const separators = [';', ',', '|', '\t', '\r', '\n'];

/**
 * Whoever opens a file may part it elsewhere than it was written for: a Brazilian spreadsheet parts at `;`, where the quotes
 * of a comma file hold nothing together. `delimiter` is the file's own, after which quotes do hold; without one, cells are
 * not parted by signs at all.
 */
const partsOf = (delimiter: string | undefined): readonly string[] =>
  delimiter === undefined ? [] : separators.filter((sign) => sign !== delimiter);

function atFormulas(text: string, delimiter: string | undefined, change: (before: string) => string): string {
  const parts = partsOf(delimiter);
  const begins = beginsFormula.test(text);
  return text.replace(runs, (run, offset: number) => {
    if (!signs.has(text.charAt(offset + run.length))) return run;
    const isStart = (offset === 0 && !begins) || parts.some((sign) => run.includes(sign));
    return isStart ? change(run) : run;
  });
}

/** Puts an apostrophe before whatever could become a formula, wherever a spreadsheet may part the text. */
export function guardFormulas(text: string, delimiter: string | undefined): string {
  const inner = atFormulas(text, delimiter, (before) => `${before}'`);
  return beginsFormula.test(text) || signs.has(text.charAt(0)) ? `'${inner}` : inner;
}

/** Takes off the apostrophes that `guardFormulas` put there. */
export function unguardFormulas(text: string, delimiter: string | undefined): string {
  if (!text.includes("'")) return text;
  const inner = atFormulas(text, delimiter, (before) => (before.endsWith("'") ? before.slice(0, -1) : before));
  return beginsFormula.test(text) && inner.startsWith("'") ? inner.slice(1) : inner;
}
