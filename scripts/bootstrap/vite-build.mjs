import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './language.mjs';
import { runChild } from './child.mjs';
import { node24Path, nodeFlags } from './node-runtime.mjs';
import { root } from './paths.mjs';

/**
 * Builds into another folder and moves it: a running server never sees half a build, and a failed build changes nothing.
 * @param {string} name what is built, for messages
 * @param {string} output
 * @param {string[]} [args] more arguments for Vite
 */
export async function buildInto(name, output, args = []) {
  const draft = `${output}.new`;
  const previous = `${output}.old`;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite))
    throw new Error(`${name} is not built, and building it takes the development packages: npm ci`);
  const build = ['build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn', ...args];
  const code = await runChild(node24Path(), [...nodeFlags, vite, ...build], { cwd: root });
  if (code !== 0)
    throw new Error(say(`A construção falhou (${code}): ${name}.`, `Building failed (${code}): ${name}.`));
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(output)) renameSync(output, previous);
  renameSync(draft, output);
  rmSync(previous, { recursive: true, force: true });
}
