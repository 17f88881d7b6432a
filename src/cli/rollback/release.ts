import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandFailure } from '../failure.ts';

const root = join(import.meta.dirname, '..', '..', '..');

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', root, ...args], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** The newest tagged release before this one. Undefined if there is none, or no git. */
export const findPreviousRelease = (): Promise<string | undefined> =>
  git('describe', '--tags', '--abbrev=0', 'HEAD^').then(
    (tag) => tag,
    () => undefined,
  );

/** The commit of a tag, branch or commit, and the names of the migrations that it came with. Throws CommandFailure. */
export async function readRelease(
  ref: string,
): Promise<{ readonly commit: string; readonly migrations: readonly string[] }> {
  try {
    const commit = await git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
    const files = await git('ls-tree', '--name-only', commit, 'migrations/');
    const names = files.split('\n').flatMap((file) => /^migrations\/(\d{4}_\w+)\.sql$/.exec(file)?.[1] ?? []);
    return { commit, migrations: names };
  } catch {
    throw new CommandFailure(
      `${ref} is no release that this checkout knows: fetch it (\`git fetch --tags\`), or run this where the sources are.`,
    );
  }
}
