import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The name of an archive made at that moment; names sort by time. */
export const archiveName = (moment: Date, encrypted: boolean): string =>
  `acolhe-${moment.toISOString().replace(/[-:]|\.\d+/g, '')}.tar.gz${encrypted ? '.age' : ''}`;

const ownName = /^acolhe-\d{8}T\d{6}Z\.tar\.gz(\.age)?$/;

/** Removes all but the newest `keep` archives of a folder, by their names; other files are left alone. Gives what went. */
export async function removeOldArchives(folder: string, keep: number): Promise<string[]> {
  const archives = (await readdir(folder)).filter((name) => ownName.test(name)).sort();
  const old = archives.slice(0, Math.max(0, archives.length - keep)).map((name) => join(folder, name));
  for (const file of old) await unlink(file);
  return old;
}
