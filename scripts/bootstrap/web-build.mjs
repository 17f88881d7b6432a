import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { node24Path, nodeFlags } from './node-runtime.mjs';
import { root } from './paths.mjs';

const output = join(root, 'dist', 'web');
const stampFile = join(root, 'dist', 'web.stamp');

/** Files and folders that the web app is built from. */
const sources = [
  'index.html',
  'lingui.config.ts',
  'package-lock.json',
  'src/shared',
  'src/web',
  'tsconfig.json',
  'vite.config.ts',
  'vite.parts.ts',
];

/** Builds the web app into dist/web, unless it was built from the current sources. */
export async function ensureWebBuilt() {
  if (isFresh()) return;
  await withLock('web', async () => {
    if (!isFresh()) await build();
  });
}

function isFresh() {
  return (
    existsSync(join(output, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources()
  );
}

/** Builds into another folder and moves it: a running server never sees half a build, and a failed build changes nothing. */
async function build() {
  console.error('Building the web app …');
  const hash = hashSources();
  const draft = `${output}.new`;
  const previous = `${output}.old`;
  await runVite(['build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn']);
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(output)) renameSync(output, previous);
  renameSync(draft, output);
  rmSync(previous, { recursive: true, force: true });
  writeFileSync(stampFile, hash);
}

async function runVite(args) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite))
    throw new Error('The web app is not built, and building it takes the development packages: npm ci');
  const code = await runChild(node24Path(), [...nodeFlags, vite, ...args], { cwd: root });
  if (code !== 0) throw new Error(`Building the web app failed (${code}).`);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith('VITE_')) hash.update(`${name}=${value}\0`);
  }
  for (const source of sources)
    for (const file of listFiles(source)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The files below a path, sorted, relative to the repository; without tests, which are not built. */
function listFiles(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
