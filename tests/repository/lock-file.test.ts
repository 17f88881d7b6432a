import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

const file = join(import.meta.dirname, '..', '..', 'package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> };

// A release whose binaries aren't published for every platform is locked with holes, and then `npm ci` refuses the file.
it('locks every optional package, for machines of any kind', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, range]) => !satisfies(resolve(path, name)?.version, range))
      .map(([name, range]) => `${path} wants ${name}@${range}`),
  );
  expect(missing).toEqual([]);
});

/** Finds a package as Node does: in node_modules of the folder that asks, then of each one above it. */
function resolve(path: string, name: string): LockedPackage | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

/** Compiled parts are asked for by exact version; of a range it is enough that something is locked. */
function satisfies(version: string | undefined, range: string): boolean {
  return version !== undefined && (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range) || version === range);
}
