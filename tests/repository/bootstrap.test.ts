import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const lockModule = JSON.stringify(pathToFileURL(join(root, 'scripts', 'bootstrap', 'lock.mjs')).href);

it('starts without any package: scripts and the command line import Node and one another only', () => {
  const scripts = readdirSync(join(root, 'scripts'), { recursive: true }).map((name) => join('scripts', String(name)));
  const foreign = ['bin/acolhe.mjs', ...scripts]
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(([, name = '']) => [
        file,
        name,
      ]),
    )
    .filter(([, name = '']) => !name.startsWith('node:') && !/^\.\.?\//.test(name));
  expect(foreign).toEqual([]);
});

describe('the lock of a start at work', () => {
  let folder: string;
  let name: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acolhe-lock-'));
    name = `test-${randomBytes(4).toString('hex')}`;
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(lockFolder(), { recursive: true, force: true });
  });

  it('lets four processes work one after another', async () => {
    const journal = join(folder, 'journal');
    const program = `import { withLock } from ${lockModule};
      import { appendFile } from 'node:fs/promises';
      await withLock('${name}', async () => {
        await appendFile(${JSON.stringify(journal)}, 'in ');
        await new Promise((resolve) => setTimeout(resolve, 50));
        await appendFile(${JSON.stringify(journal)}, 'out ');
      });`;
    await Promise.all(Array.from({ length: 4 }, () => runProgram(program)));
    expect(await readFile(journal, 'utf8')).toBe('in out '.repeat(4));
    expect(existsSync(lockFolder())).toBe(false);
  });

  it('is taken over from a process that was killed', async () => {
    const holder = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60000)']);
    await mkdir(lockFolder(), { recursive: true });
    await writeFile(join(lockFolder(), 'pid'), String(holder.pid));
    const program = `import { withLock } from ${lockModule}; await withLock('${name}', async () => console.log('worked'));`;
    const waiting = runProgram(program);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await waiting).toBe('worked\n');
  });

  const lockFolder = (): string => join(root, 'dist', `${name}.lock`);
});

async function runProgram(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return stdout;
}
