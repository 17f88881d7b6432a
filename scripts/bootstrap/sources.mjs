import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * The files below these paths, sorted, relative to the repository; without tests, which are not built.
 * @param {string[]} paths
 */
export const listSources = (paths) => paths.flatMap(listFiles);

/**
 * A hash of what the files contain, and of the variables that Vite builds in.
 * @param {string[]} files
 */
export function hashContents(files) {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith('VITE_')) hash.update(`${name}=${value}\0`);
  }
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/**
 * A hash of the files' sizes and times, for which none has to be read.
 * @param {string[]} files
 */
export function hashTimes(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

function listFiles(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  return stats.isFile() ? [path] : listFolder(path).sort();
}

/** Folder by folder: `recursive` of readdirSync takes five times as long, and every start waits for this. */
const listFolder = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFolder(path);
    return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
