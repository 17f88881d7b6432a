import type { Writable } from 'node:stream';
import type { ArchiveSource } from './archive-source.ts';
import type { Bucket } from './bucket.ts';
import { writeWholeFile } from './whole-file.ts';

/** Where an archive goes: a file, or an object of a bucket. */
export type Place = { readonly file: string } | { readonly bucket: Bucket; readonly key: string };

interface Writing<Made> {
  readonly place: Place;
  readonly make: (output: Writable) => Promise<Made>;
  /** Reads the archive back; what it throws makes the archive disappear. */
  readonly test: ((archive: ArchiveSource) => Promise<unknown>) | undefined;
  readonly log: (line: string) => void;
}

/**
 * Writes an archive. It appears only when it is complete; a file is synced to disk, and tested before it gets its name. An object
 * is tested where it lies, and removed when that fails. Throws BackupError.
 */
export async function writeTested<Made>({
  place,
  make,
  test,
  log,
}: Writing<Made>): Promise<Made & { readonly bytes: number }> {
  if ('file' in place)
    return writeWholeFile(place.file, async (output, partial) => {
      const made = await make(output);
      await test?.(partial);
      return made;
    });
  const { bucket, key } = place;
  const output = bucket.write(key);
  const made = await make(output);
  const archive = bucket.archive(key);
  try {
    await test?.(archive);
  } catch (error) {
    await bucket.remove(key).catch(() => {
      log(`${archive.name} could not be removed and is not to be trusted`);
    });
    throw error;
  }
  return { ...made, bytes: output.bytes };
}
