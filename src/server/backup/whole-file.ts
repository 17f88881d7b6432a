import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { BackupError } from './backup-error.ts';

/**
 * Writes a file that appears only when `write` is done and everything is synced to disk. `partial` is its name
 * until then. Throws BackupError for a full disk.
 */
export async function writeWholeFile<Made>(
  file: string,
  write: (output: Writable, partial: string) => Promise<Made>,
): Promise<Made & { readonly bytes: number }> {
  const partial = `${file}.partial`;
  try {
    const made = await write(createWriteStream(partial, { mode: 0o600, flush: true }), partial);
    const { size } = await stat(partial);
    await rename(partial, file);
    await syncFolder(dirname(file));
    return { ...made, bytes: size };
  } catch (error) {
    await rm(partial, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new BackupError(`the disk of ${dirname(file)} is full: nothing was written`, { cause: error });
    throw error;
  }
}

/** A rename is on disk only after its folder is synced. Some file systems cannot sync folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
