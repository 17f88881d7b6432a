import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readCheckedOutCommit } from './release.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'acolhe-release-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

it.each([
  ['a branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${commit}\n` }],
  ['no branch', { '.git/HEAD': `${commit}\n` }],
  [
    'a packed branch',
    { '.git/HEAD': 'ref: refs/heads/main\n', '.git/packed-refs': `# pack-refs\n${commit} refs/heads/main\n` },
  ],
  [
    'a linked work tree',
    {
      '.git': 'gitdir: store/worktrees/one\n',
      'store/worktrees/one/HEAD': 'ref: refs/heads/main\n',
      'store/worktrees/one/commondir': '../..\n',
      'store/refs/heads/main': `${commit}\n`,
    },
  ],
])('finds the commit of %s', (_, files) => {
  expect(readCheckedOutCommit(folderWith(files))).toBe(commit);
});

it('knows none without git, nor before the first commit', () => {
  expect(readCheckedOutCommit(folderWith({}))).toBeUndefined();
  expect(readCheckedOutCommit(folderWith({ '.git/HEAD': 'ref: refs/heads/main\n' }))).toBeUndefined();
});
