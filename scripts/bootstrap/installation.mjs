import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { say } from './language.mjs';
import { runChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { nodePackage, runsTypeScript } from './node-runtime.mjs';
import { root } from './paths.mjs';

const lockFile = join(root, 'package-lock.json');
const installedFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.acolhe-installed.json');

/**
 * Installs the packages of package-lock.json, unless they are installed; then neither network nor npm is needed.
 * @param {{ development?: boolean }} [options] development: also the packages for building and testing
 */
export async function ensureInstalled({ development = true } = {}) {
  const lock = readFileSync(lockFile, 'utf8');
  if (isStamped(lock, development)) return;
  if (isComplete(lock, development)) {
    // Somebody ran npm, or the lock file changed without other packages.
    writeStamp(lock, development);
    return;
  }
  await withLock('install', async () => {
    if (isStamped(lock, development)) return;
    // Serving needs fewer packages, but outside production the next step is building, which needs all.
    const everything = development || process.env.NODE_ENV !== 'production';
    await install(everything);
    writeStamp(lock, everything);
  });
}

function isStamped(lock, development) {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.lock === hash(lock) && stamp.platform === platform() && (stamp.development || !development);
  } catch {
    return false;
  }
}

function writeStamp(lock, development) {
  try {
    writeFileSync(stampFile, JSON.stringify({ lock: hash(lock), platform: platform(), development }));
  } catch {
    // The folder is not writable: the packages are compared again next time.
  }
}

/** Whether every package of the lock file for this machine is installed in its version. */
function isComplete(lock, development) {
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(JSON.parse(lock).packages).every(([path, entry]) => {
    if (path === '' || (!development && (entry.dev || entry.devOptional)) || !belongsHere(entry)) return true;
    return installed[path]?.version === entry.version && existsSync(join(root, path));
  });
}

function belongsHere({ os, cpu, libc, optional }) {
  // Optional packages without a platform are dependencies of those with one, and are left out with them.
  if (optional && !os && !cpu) return false;
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libraryC());
}

/** npm's rule for os, cpu and libc: a list of allowed values, or of forbidden ones with "!" before each. */
function allows(list, value) {
  if (!list || value === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${value}`)) return false;
  return names.every((name) => name.startsWith('!')) || names.includes(value);
}

function libraryC() {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

async function install(development) {
  console.error(
    say(
      'Instalando os pacotes: a primeira vez leva de um a três minutos …',
      'Installing packages: the first time takes one to three minutes …',
    ),
  );
  const startedAt = Date.now();
  // A temporary folder for Node and npm's cache; in dist/, because running programs in /tmp may be forbidden.
  removeLeftovers();
  const folder = mkdtempSync(join(root, 'dist', 'install-'));
  try {
    const cache = findUnwritableCache() ? ['--cache', join(folder, 'cache')] : [];
    const node = await findNodeForNpm(folder, cache);
    const kinds = [development ? '--include=dev' : '--omit=dev', '--include=optional'];
    const code = await runNpm(node, ['ci', ...kinds, ...quiet, ...cache], root);
    if (code !== 0)
      throw new Error(
        say(
          `Não deu para instalar os pacotes (npm ci: ${code}). Há rede?`,
          `Installing the packages failed (npm ci: ${code}). Is there a network?`,
        ),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.error(say(`Pacotes instalados em ${seconds} s.`, `Packages installed in ${seconds} s.`));
}

/** Removes the folders of installations that were killed. The lock guarantees that no other one is running. */
function removeLeftovers() {
  for (const name of readdirSync(join(root, 'dist'))) {
    if (name.startsWith('install-')) rmSync(join(root, 'dist', name), { recursive: true, force: true });
  }
}

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * npm leaves out optional packages, such as compiled parts, that do not support the Node it runs under. So on a machine with an
 * older Node, the Node of the lock file is installed first, and npm runs under that.
 */
async function findNodeForNpm(folder, cache) {
  if (runsTypeScript()) return process.execPath;
  const name = nodePackage?.split('/')[0];
  const path = `node_modules/${name}`;
  const entry = name && JSON.parse(readFileSync(lockFile, 'utf8')).packages[path];
  if (!entry) return process.execPath;
  const project = { name: 'node-for-npm', version: '1.0.0', dependencies: { [name]: entry.version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  const packages = { '': project, [path]: { ...entry, optional: false } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...project, lockfileVersion: 3, packages }));
  await runNpm(process.execPath, ['ci', '--ignore-scripts', ...quiet, ...cache], folder);
  const node = join(folder, 'node_modules', nodePackage);
  return spawnSync(node, ['--version']).status === 0 ? node : process.execPath;
}

function runNpm(node, args, folder) {
  const cli = findNpm();
  if (cli) return runChild(node, [cli, ...args], { cwd: folder });
  return runChild('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

/** npm's JavaScript file, which can be run by a Node of our choice; undefined when it is not found. */
function findNpm() {
  const bin = dirname(process.execPath);
  const candidates = [
    /npm-cli\.js$/.test(process.env.npm_execpath ?? '') && process.env.npm_execpath,
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => folder && join(folder, 'npm')),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  for (const candidate of candidates) {
    if (!candidate || !existsSync(candidate)) continue;
    const path = realpathSync(candidate);
    // An npm inside node_modules would delete itself.
    if (path.endsWith('npm-cli.js') && !path.startsWith(join(root, 'node_modules'))) return path;
  }
  return undefined;
}

/** The first folder of npm's cache that is not writable, for example because root has used it. */
function findUnwritableCache() {
  const standard =
    process.platform === 'win32' ? join(process.env.LOCALAPPDATA ?? homedir(), 'npm-cache') : join(homedir(), '.npm');
  const cache = process.env.npm_config_cache ?? standard;
  return [cache, join(cache, '_cacache'), join(cache, '_cacache', 'tmp'), join(cache, '_logs')].find(
    (folder) => !isWritable(nearestExisting(folder)),
  );
}

function nearestExisting(path) {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

function platform() {
  return `${process.platform}-${process.arch}`;
}
