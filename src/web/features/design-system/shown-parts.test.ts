import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Parts that have no look of their own, or that the app has once. */
const withoutSample = new Set(['Delayed', 'Field', 'LeaveGuard', 'PageCorner', 'SkeletonShape', 'Toaster', 'Verbatim']);

const readAll = (pattern: string): string =>
  globSync(pattern, { cwd: import.meta.dirname })
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
    .join('\n');

it('the page of the design system shows every part that pages are made of', () => {
  const parts = [...readAll('../../ui/*.tsx').matchAll(/^export (?:function|const) ([A-Z]\w*)/gm)].map(
    ([, name]) => name,
  );
  const samples = readAll('*.tsx');
  const missing = parts.filter(
    (name) => name !== undefined && !withoutSample.has(name) && !samples.includes(`<${name}`),
  );
  expect(parts).toContain('FormDialog');
  expect(missing).toEqual([]);
});
