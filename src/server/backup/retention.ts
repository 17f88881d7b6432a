import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bucket } from './bucket.ts';

/** The file name of an archive, such as `acolhe-20260131T120000Z.tar.gz`; names sort by time. */
export const makeArchiveName = (moment: Date, encrypted: boolean): string =>
  `acolhe-${stampOf(moment)}.tar.gz${encrypted ? '.age' : ''}`;

/** The same of an archive with one clinic, which is no backup: it is neither counted nor removed here. */
export const makeClinicArchiveName = (moment: Date, encrypted: boolean): string =>
  `clinic-${stampOf(moment)}.tar.gz${encrypted ? '.age' : ''}`;

/** A moment in names, such as `20260131T120000Z`. */
export const stampOf = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d+/g, '');

const ownName = /^acolhe-\d{8}T\d{6}Z\.tar\.gz(\.age)?$/;

/** Selects all archives except the newest `keep`. Names that are not archives are ignored. */
function selectOldArchives(names: readonly string[], keep: number): string[] {
  const archives = names.filter((name) => ownName.test(name)).sort();
  return archives.slice(0, Math.max(0, archives.length - keep));
}

/** Removes all archives in a folder except the newest `keep`. @returns the paths removed */
export async function removeOldArchives(folder: string, keep: number): Promise<string[]> {
  const old = selectOldArchives(await readdir(folder), keep).map((name) => join(folder, name));
  for (const file of old) await unlink(file);
  return old;
}

/** Removes all archives directly under a prefix of a bucket except the newest `keep`. @returns the names removed */
export async function removeOldObjects(bucket: Bucket, prefix: string, keep: number): Promise<string[]> {
  const names = (await bucket.list(prefix)).map((key) => key.slice(prefix.length));
  const old = selectOldArchives(names, keep).map((name) => `${prefix}${name}`);
  for (const key of old) await bucket.remove(key);
  return old.map((key) => bucket.archive(key).name);
}
