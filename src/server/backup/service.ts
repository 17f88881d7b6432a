import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { createPool } from '../db/pool.ts';
import { Database } from '../db/transaction.ts';
import { recordOperatorEvent } from '../features/audit/api.ts';
import type { ArchiveSource } from './archive-source.ts';
import { BackupError } from './backup-error.ts';
import type { Bucket } from './bucket.ts';
import type { DecryptWith, EncryptTo } from './encryption.ts';
import { makeBackup } from './make-backup.ts';
import type { ArchiveHead, ArchiveSummary } from './manifest.ts';
import { restoreBackup, type RestoreSummary } from './restore-backup.ts';
import type { AuthorityOptions } from './revived-authority.ts';
import { withScratchDatabase } from './scratch-database.ts';

export { restoreBackup };

type Log = (line: string) => void;

interface BackupOptions {
  readonly url: string;
  readonly release: ArchiveHead['release'];
  readonly encryptTo: EncryptTo | undefined;
  /** When given, the archive is tested by restoring it into a scratch database, decrypted with `key`. */
  readonly verifyWith: { readonly key: DecryptWith | undefined } | undefined;
  readonly log: Log;
}

export interface FileBackupOptions extends BackupOptions {
  readonly file: string;
}

export interface BucketBackupOptions extends BackupOptions {
  readonly bucket: Bucket;
  readonly key: string;
}

export type BackupResult = ArchiveSummary & { readonly bytes: number };

/**
 * Writes an archive to a file. The file appears only when it is complete, synced to disk and, if asked, tested by a restore.
 * Records the backup in every clinic's audit trail. Throws BackupError.
 */
export async function backUpToFile(options: FileBackupOptions): Promise<BackupResult> {
  const { url, log, verifyWith } = options;
  const made = await writeWholeFile(options.file, async (output, partial) => {
    const summary = await makeBackup({ url, release: options.release, output, encryptTo: options.encryptTo, log });
    if (verifyWith !== undefined) await verifyArchive({ url, file: partial, ...verifyWith, log });
    return summary;
  });
  await recordBackup(url, made.id);
  return made;
}

/**
 * Writes an archive to a file that appears only when `write` is done and everything is synced to disk. `partial` is its name
 * until then. Throws BackupError for a full disk.
 */
export async function writeWholeFile<Made>(
  file: string,
  write: (output: Writable, partial: string) => Promise<Made>,
): Promise<Made & { readonly bytes: number }> {
  const partial = `${file}.partial`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const made = await write(createWriteStream(partial, { mode: 0o600, flush: true }), partial);
    const { size } = await stat(partial);
    await rename(partial, file);
    await syncFolder(dirname(file));
    return { ...made, bytes: size };
  } catch (error) {
    await rm(partial, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new BackupError(`the disk of ${dirname(file)} is full: no archive was written`, { cause: error });
    throw error;
  }
}

/**
 * Writes an archive to an S3 store. The object appears only when it is complete. If asked, it is read back and tested by a
 * restore, and removed again when that fails. Records the backup in every clinic's audit trail. Throws BackupError.
 */
export async function backUpToBucket(options: BucketBackupOptions): Promise<BackupResult> {
  const { url, release, bucket, key, encryptTo, verifyWith, log } = options;
  const output = bucket.write(key);
  const summary = await makeBackup({ url, release, output, encryptTo, log });
  if (verifyWith !== undefined)
    await verifyArchive({ url, file: bucket.archive(key), ...verifyWith, log }).catch(async (error: unknown) => {
      await bucket.remove(key).catch(() => {
        log(`${bucket.archive(key).name} could not be removed and is not to be trusted`);
      });
      throw error;
    });
  await recordBackup(url, summary.id);
  return { ...summary, bytes: output.bytes };
}

/** Tests an archive by restoring it into a scratch database, which is dropped afterwards. Throws BackupError. */
export async function verifyArchive(
  options: AuthorityOptions & {
    readonly url: string;
    readonly file: ArchiveSource;
    readonly key: DecryptWith | undefined;
    readonly log: Log;
  },
): Promise<RestoreSummary> {
  const { url, log, ...archive } = options;
  log('restoring into a scratch database');
  return withScratchDatabase(url, log, (scratch) => restoreBackup({ ...archive, url: scratch, log: () => undefined }));
}

/** Records a backup in every clinic's audit trail; for archives that are written to stdout call it yourself. */
export async function recordBackup(url: string, id: string): Promise<void> {
  const pool = createPool({ url, max: 1, idleSeconds: 1 });
  try {
    await new Database(pool).system((tx) =>
      recordOperatorEvent(tx, 'backup', { action: 'backup_made', recordType: 'backup', recordId: id }),
    );
  } finally {
    await pool.end();
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
