import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, migrations and dist. Searched for, because sources and bundle lie at different depths in it. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('no package.json above the program');
  return findRoot(dirname(folder));
}
