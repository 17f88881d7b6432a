import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../server/project-root.ts';
import { CommandFailure } from '../failure.ts';

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', projectRoot, ...args], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** Finds the newest tag before this commit. Undefined if there is none, or no git. */
export const findPreviousRelease = (): Promise<string | undefined> =>
  git('describe', '--tags', '--abbrev=0', 'HEAD^').then(
    (tag) => tag,
    () => undefined,
  );

interface Release {
  readonly commit: string;
  /** The names of its migrations, as `0001_initial`. */
  readonly migrations: readonly string[];
  /** The SQL functions that differ now, as `functions/search_clients`. */
  readonly changedFunctions: readonly string[];
}

/** Reads a tag, branch or commit. Throws CommandFailure. */
export async function readRelease(ref: string): Promise<Release> {
  try {
    const commit = await git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
    const files = await git('ls-tree', '--name-only', commit, 'migrations/');
    const names = files.split('\n').flatMap((file) => /^migrations\/(\d{4}_\w+)\.sql$/.exec(file)?.[1] ?? []);
    return { commit, migrations: names, changedFunctions: await listChangedFunctions(commit) };
  } catch {
    throw new CommandFailure(
      `${ref} is no release that this checkout knows: fetch it (\`git fetch --tags\`), or run this where the sources are.`,
    );
  }
}

/** Empty for releases without the folder: their functions are in migrations, and cannot be compared. */
async function listChangedFunctions(commit: string): Promise<string[]> {
  const folder = 'migrations/functions/';
  if ((await git('ls-tree', '--name-only', commit, folder)) === '') return [];
  const files = await git('diff', '--name-only', commit, '--', folder);
  return files.split('\n').flatMap((file) => /^migrations\/(functions\/\w+)\.sql$/.exec(file)?.[1] ?? []);
}
