import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const web = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(file, 'utf8');
const sheets = globSync('**/*.module.css', { cwd: web }).map((name) => join(web, name));
const components = globSync('**/*.tsx', { cwd: web }).map((name) => join(web, name));

/** The classes that a style module defines; `:global()` ones belong to other sheets. */
function listClasses(sheet: string): string[] {
  const selectors = read(sheet)
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\{[^{}]*\}/g, '{}')
    .replace(/:global\([^)]*\)/g, '');
  return [...new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name))];
}

interface Use {
  readonly component: string;
  readonly sheet: string;
  readonly name: string;
}

/** Every class of a style module that a component uses, as `styles['name']`. */
const uses = components.flatMap((component): Use[] => {
  const text = read(component);
  return [...text.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)].flatMap(([, variable = '', path = '']) =>
    [...text.matchAll(new RegExp(`\\b${variable}\\['([^']+)'\\]`, 'g'))].map(([, name = '']) => ({
      component: relative(web, component),
      sheet: join(dirname(component), path),
      name,
    })),
  );
});

describe('style modules', () => {
  it('have every class that a component asks for', () => {
    const missing = uses.filter(({ sheet, name }) => !listClasses(sheet).includes(name));
    expect(missing).toEqual([]);
    expect(uses.length).toBeGreaterThan(100);
  });

  it('have no class that nobody asks for', () => {
    const unused = sheets.flatMap((sheet) =>
      listClasses(sheet)
        .filter((name) => !uses.some((use) => use.sheet === sheet && use.name === name))
        .map((name) => `${relative(web, sheet)} .${name}`),
    );
    expect(unused).toEqual([]);
  });
});
