import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** The folder with git's data; in a linked work tree `.git` is a file that points to it. */
function gitDirectory(root: string): string {
  const dotGit = join(root, '.git');
  if (!existsSync(dotGit) || statSync(dotGit).isDirectory()) return dotGit;
  return resolve(root, readText(dotGit)?.replace(/^gitdir: /, '') ?? '.');
}

/** The commit checked out in `root`, read from git's files without starting a process; undefined without git. */
export function readCheckedOutCommit(root: string): string | undefined {
  const directory = gitDirectory(root);
  const head = readText(join(directory, 'HEAD'));
  const branch = head?.replace(/^ref: /, '');
  if (head === undefined || branch === undefined || branch === head) return head;
  const common = resolve(directory, readText(join(directory, 'commondir')) ?? '.');
  const packed = readText(join(common, 'packed-refs'))?.split('\n') ?? [];
  return readText(join(common, branch)) ?? packed.find((line) => line.endsWith(` ${branch}`))?.split(' ')[0];
}

/** The version in `root`'s package.json. */
export function readPackageVersion(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
