import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Characters of the adversarial texts: long enough for a quadratic expression to take seconds, and a linear one no time. */
const usualLength = 20_000;
const longestMilliseconds = 100;
/** Files whose expressions only ever get short texts, with the characters of the longest. */
const boundedFiles: Readonly<Record<string, number>> = {
  // A line of an error's message is cut before it is masked.
  'server/observability/safe-error.ts': 200,
};

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly place: string;
}

/** Every regular expression that stands in the sources, as a literal. */
function literalsOf(file: string): Found[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
        place: `${relative(root, file)}:${String(line)}`,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$|(?:^|\/)testing\//.test(name))
  .map((name) => join(root, name));
const expressions = files.flatMap(literalsOf);

/** Characters that an expression may repeat: those it names, and one of each usual class. */
function alphabetOf(source: string): string[] {
  const named = source
    .replace(/\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\p\{\w+\}|\\[A-Za-z]|\{\d+,?\d*\}/gi, '')
    .replace(/[[\](){}*+?|^$\\]/g, '');
  return [...new Set([' ', '\n', '0', 'a', '-', '_', '/', '"', '.', ...Array.from(named).slice(0, 8)])];
}

function* adversarialTexts({ source, place }: Found): Generator<string> {
  const length = boundedFiles[place.replace(/:\d+$/, '')] ?? usualLength;
  const signs = alphabetOf(source);
  const literal = /^\^?(?:\(\?:)?([^\\[\](){}*+?|.^$]{1,20})/.exec(source)?.[1] ?? '';
  for (const sign of signs) {
    yield sign.repeat(length);
    yield `${literal}${sign.repeat(length)}\u0001`;
    for (const other of signs) if (other !== sign) yield `${(sign + other).repeat(length / 2)}\u0001`;
  }
}

const timeOf = (expression: RegExp, text: string): number => {
  const start = performance.now();
  text.replace(expression, '');
  return performance.now() - start;
};

/** How long the worst text takes; a busy machine may slow one try down, hardly three. */
function slowestOf(found: Found): { readonly milliseconds: number; readonly text: string } {
  const { source, flags } = found;
  let slowest = { milliseconds: 0, text: '' };
  for (const text of adversarialTexts(found)) {
    let milliseconds = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3 && milliseconds > longestMilliseconds; attempt++)
      milliseconds = Math.min(milliseconds, timeOf(new RegExp(source, flags), text));
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, text: text.slice(0, 12) };
    if (milliseconds > longestMilliseconds) return slowest;
  }
  return slowest;
}

describe('every regular expression of the sources', () => {
  it('is found', () => {
    expect(expressions.length).toBeGreaterThan(200);
  });

  it('takes time in proportion to the text, whatever the text', { timeout: 300_000 }, () => {
    const slow = expressions.flatMap((found) => {
      const { milliseconds, text } = slowestOf(found);
      return milliseconds > longestMilliseconds ? [`${found.place} /${found.source}/ at ${JSON.stringify(text)}`] : [];
    });
    expect(slow).toEqual([]);
  });
});
