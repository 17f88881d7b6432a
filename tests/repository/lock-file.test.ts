import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

const file = join(import.meta.dirname, '..', '..', 'package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> };

// If a release lacks the binaries of some platform, the lock file lacks them too, and `npm ci` refuses it.
it('locks every optional package, for machines of any kind', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, range]) => !satisfies(resolve(path, name)?.version, range))
      .map(([name, range]) => `${path} wants ${name}@${range}`),
  );
  expect(missing).toEqual([]);
});

/** Finds a package as Node does: in node_modules of the requiring folder, then of each folder above it. */
function resolve(path: string, name: string): LockedPackage | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

/** Compiled parts are required by exact version, which must match; for a range any version counts. */
function satisfies(version: string | undefined, range: string): boolean {
  return version !== undefined && (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range) || version === range);
}
