import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const server = resolve(import.meta.dirname, '../../../server');

/** The actions that features declare (`interface AuditActions`). */
const declared = globSync('features/**/*.ts', { cwd: server })
  .map((file) => readFileSync(resolve(server, file), 'utf8'))
  .flatMap((text) => [...text.matchAll(/interface AuditActions \{([^}]*)\}/g)].map(([, body = '']) => body))
  .flatMap((body) => [...body.matchAll(/^\s*(\w+): /gm)].map(([, action = '']) => action));

/** Read as text, because the words are made when the web app is built. */
const source = readFileSync(resolve(import.meta.dirname, 'action-words.ts'), 'utf8');
const named = new Set([...source.matchAll(/^ {2}(\w+): msg`/gm)].map(([, action]) => action));

it('every action of the trail has plain words', () => {
  expect(declared.length).toBeGreaterThan(30);
  expect(declared.filter((action) => !named.has(action))).toEqual([]);
});
