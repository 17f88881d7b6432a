import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { StoredArchive } from '../server/backup/archive-source.ts';
import type { Shelf } from '../server/backup/shelf.ts';
import type { Place } from '../server/backup/write-tested.ts';
import type { Config } from '../server/config.ts';
import { openBucketAt } from './bucket.ts';
import { CommandFailure } from './failure.ts';
import { assertFolder } from './output-file.ts';

/**
 * Where `--output` says that an archive goes; in a folder, or `s3://bucket/folder/`, it gets `name`. Throws CommandFailure for what
 * is there already, and for a folder that is not.
 */
export async function choosePlace(output: string, config: Config, name: string): Promise<Place> {
  if (!output.startsWith('s3://')) return { file: await chooseFile(output, name) };
  const { bucket, key: given } = await openBucketAt(output, config);
  const isFolder = given === '' || given.endsWith('/');
  const key = isFolder ? `${given}${name}` : given;
  // A name made from the time is new, and credentials that may only write could not check.
  if (!isFolder && (await bucket.exists(key)))
    throw new CommandFailure(`${bucket.archive(key).name} exists already: give another name.`);
  return { bucket, key };
}

async function chooseFile(output: string, name: string): Promise<string> {
  const path = resolve(output);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return join(path, name);
  if (found !== undefined) throw new CommandFailure(`${basename(path)} exists already: give another name.`);
  await assertFolder('--output', output);
  return path;
}

/** What a place is called. */
export const describePlace = (place: Place): string =>
  'file' in place ? place.file : place.bucket.archive(place.key).name;

/** An archive that a command is given, `FILE` or `s3://bucket/key`, with what lies beside it. */
export async function openArchive(
  address: string,
  config: Config,
): Promise<{ readonly file: string | StoredArchive; readonly shelf: Shelf }> {
  const { shelfOfFile, shelfOfObject } = await import('../server/backup/shelf.ts');
  if (!address.startsWith('s3://')) return { file: address, shelf: shelfOfFile(resolve(address)) };
  const { bucket, key } = await openBucketAt(address, config);
  return { file: bucket.archive(key), shelf: shelfOfObject(bucket, key) };
}
