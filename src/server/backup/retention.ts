import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bucket } from './bucket.ts';

/** The name of an archive made at that moment; names sort by time. */
export const archiveName = (moment: Date, encrypted: boolean): string =>
  `acolhe-${moment.toISOString().replace(/[-:]|\.\d+/g, '')}.tar.gz${encrypted ? '.age' : ''}`;

const ownName = /^acolhe-\d{8}T\d{6}Z\.tar\.gz(\.age)?$/;

/** All but the newest `keep` archives of these, by their names; other files are left alone. */
function oldArchives(names: readonly string[], keep: number): string[] {
  const archives = names.filter((name) => ownName.test(name)).sort();
  return archives.slice(0, Math.max(0, archives.length - keep));
}

/** Removes all but the newest `keep` archives of a folder. Gives what went. */
export async function removeOldArchives(folder: string, keep: number): Promise<string[]> {
  const old = oldArchives(await readdir(folder), keep).map((name) => join(folder, name));
  for (const file of old) await unlink(file);
  return old;
}

/** The same of what lies directly under a prefix of a bucket. */
export async function removeOldObjects(bucket: Bucket, prefix: string, keep: number): Promise<string[]> {
  const names = (await bucket.list(prefix)).map((key) => key.slice(prefix.length));
  const old = oldArchives(names, keep).map((name) => `${prefix}${name}`);
  for (const key of old) await bucket.remove(key);
  return old.map((key) => bucket.archive(key).name);
}
