import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { BackupError } from './backup-error.ts';

/** An archive that lies elsewhere and can be read more than once. */
export interface StoredArchive {
  /** What messages call it. */
  readonly name: string;
  /** From its first byte on. Throws BackupError. */
  read(): Promise<Readable>;
}

/** The path of a file, or an archive that lies elsewhere. */
export type ArchiveSource = string | StoredArchive;

export const nameOf = (source: ArchiveSource): string => (typeof source === 'string' ? source : source.name);

export const readSource = (source: ArchiveSource): Promise<Readable> =>
  typeof source === 'string' ? Promise.resolve(createReadStream(source, { highWaterMark: 256 * 1024 })) : source.read();

/** The first bytes, followed by zeros where there are fewer. Throws BackupError. */
export async function firstBytes(source: ArchiveSource, length: number): Promise<Buffer> {
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
