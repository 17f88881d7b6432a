import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './language.mjs';
import { root } from './paths.mjs';

/**
 * Runs `work` while no other process in this folder runs work of the same name; waits for such a process to finish.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  // In dist/, because installing deletes node_modules.
  const lock = join(root, 'dist', `${name}.lock`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  let told = false;
  while (!take(lock)) {
    if (!told)
      console.error(
        say(
          `Esperando outra partida que trabalha nesta pasta (${name}) …`,
          `Waiting for another start that is at work on this folder (${name}) …`,
        ),
      );
    told = true;
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeStale(lock);
    return false;
  }
}

/** Removes the lock of a process that was killed. */
function removeStale(lock) {
  const holder = readHolder(lock);
  if (holder === undefined || isAlive(holder)) return;
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    // Another process may have removed the lock and taken it since it was read: then it is put back.
    if (readHolder(aside) === holder) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, lock);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** The process id in the lock; 0 when its process died before writing one; undefined when it may still be writing. */
function readHolder(lock) {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > 5000 ? 0 : undefined;
  }
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
