import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { findPackagedNode, runsTypeScript } from './node-runtime.mjs';
import { root } from './paths.mjs';

const lockFile = join(root, 'package-lock.json');
const installedFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.acolhe-installed.json');

/**
 * Installs the packages of package-lock.json unless they are there already; then it needs neither network nor npm.
 * @param {{ development?: boolean }} [options] development: with what building and testing takes, not only serving
 */
export async function ensureInstalled({ development = true } = {}) {
  const lock = readFileSync(lockFile, 'utf8');
  if (isStamped(lock, development)) return;
  if (isComplete(lock, development)) {
    // Installed by npm itself, or the lock file changed in words only.
    writeStamp(lock, development);
    return;
  }
  await withLock('install', async () => {
    if (isStamped(lock, development)) return;
    await install(development);
    // npm leaves out optional packages that don't declare the Node it runs under. The packaged Node gets them all.
    if (!isComplete(lock, development) && !runsTypeScript() && findPackagedNode()) await install(development);
    writeStamp(lock, development);
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
    // A folder we may not write to: the comparison is made again next time.
  }
}

/** Whether every package of the lock file that belongs on this machine is installed in its version. */
function isComplete(lock, development) {
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(JSON.parse(lock).packages).every(([path, entry]) => {
    if (path === '' || (!development && (entry.dev || entry.devOptional)) || !belongsHere(entry)) return true;
    return installed[path]?.version === entry.version && existsSync(join(root, path));
  });
}

function belongsHere({ os, cpu, libc, optional, peer }) {
  if (optional && peer) return false;
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libraryC());
}

/** npm's rule for os, cpu and libc: a list of the allowed, or of the forbidden with "!" before them. */
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
  console.error('Installing packages: the first time takes a minute …');
  const startedAt = Date.now();
  const cache = findUnwritableCache() && mkdtempSync(join(tmpdir(), 'acolhe-npm-'));
  try {
    const code = await runNpm([
      'ci',
      development ? '--include=dev' : '--omit=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...(cache ? ['--cache', cache] : []),
    ]);
    if (code !== 0) throw new Error(`Installing the packages failed (npm ci: ${code}). Is there a network?`);
  } finally {
    if (cache) rmSync(cache, { recursive: true, force: true });
  }
  console.error(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

function runNpm(args) {
  const cli = findNpm();
  // Not the packaged Node on Windows, where a running program can't be replaced.
  const node = (process.platform !== 'win32' && findPackagedNode()) || process.execPath;
  const child = cli
    ? spawn(node, [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`npm doesn't start: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
}

/** npm's own JavaScript file, so that we choose the Node that runs it; undefined when it isn't where it should be. */
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
    // An npm inside node_modules would remove itself.
    if (path.endsWith('npm-cli.js') && !path.startsWith(join(root, 'node_modules'))) return path;
  }
  return undefined;
}

/** The first folder of npm's cache that we can't write to, for instance because root once used it. */
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
