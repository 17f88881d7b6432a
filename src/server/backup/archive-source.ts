import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { BackupError } from './backup-error.ts';

/** An archive outside the file system, for example in a bucket. It can be read more than once. */
export interface StoredArchive {
  /** Its name in messages. */
  readonly name: string;
  /** Opens it at its first byte. Throws BackupError. */
  read(): Promise<Readable>;
}

/** The path of a file, or an archive stored elsewhere. */
export type ArchiveSource = string | StoredArchive;

export const getSourceName = (source: ArchiveSource): string => (typeof source === 'string' ? source : source.name);

export const readSource = (source: ArchiveSource): Promise<Readable> =>
  typeof source === 'string' ? Promise.resolve(createReadStream(source, { highWaterMark: 256 * 1024 })) : source.read();

/** The first `length` bytes, padded with zeros. Throws BackupError. */
export async function readFirstBytes(source: ArchiveSource, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  if (typeof source === 'string') {
    const handle = await open(source).catch((error: unknown) => {
      throw new BackupError(`${source} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'no reason given'}`);
    });
    try {
      await handle.read(buffer);
      return buffer;
    } finally {
      await handle.close();
    }
  }
  let filled = 0;
  for await (const chunk of await source.read()) {
    filled += (chunk as Buffer).copy(buffer, filled);
    if (filled === length) break;
  }
  return buffer;
}
