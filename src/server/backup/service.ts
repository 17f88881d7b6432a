import { createPool } from '../db/pool.ts';
import { Database, type Transaction } from '../db/transaction.ts';
import { type Ledger, type LedgerEntry, readAnonymized } from '../features/anonymizing/api.ts';
import { recordOperatorEvent } from '../features/audit/api.ts';
import type { ArchiveInput } from './archive-transaction.ts';
import type { DecryptWith, EncryptTo } from './encryption.ts';
import { makeBackup } from './make-backup.ts';
import type { ArchiveHead, ArchiveSummary } from './manifest.ts';
import { restoreBackup, type RestoreSummary } from './restore-backup.ts';
import type { AuthorityOptions } from './revived-authority.ts';
import { withScratchDatabase } from './scratch-database.ts';
import { type Place, writeTested } from './write-tested.ts';

export { restoreBackup };

export interface BackupOptions {
  readonly url: string;
  readonly place: Place;
  readonly release: ArchiveHead['release'];
  readonly encryptTo: EncryptTo | undefined;
  /** When given, the archive is tested by restoring it into a scratch database, decrypted with `key`. */
  readonly verifyWith: { readonly key: DecryptWith | undefined } | undefined;
  /** Called with lines about the progress. */
  readonly log: (line: string) => void;
}

export type BackupResult = ArchiveSummary & { readonly bytes: number };

/**
 * Writes an archive, which appears only when it is complete and, if asked, tested by a restore. Records the backup in every clinic's
 * audit trail. Throws BackupError.
 */
export async function backUp(options: BackupOptions): Promise<BackupResult> {
  const { url, release, place, encryptTo, verifyWith, log } = options;
  const made = await writeTested({
    place,
    make: (output) => makeBackup({ url, release, output, encryptTo, log }),
    test: verifyWith && ((file) => verifyArchive({ url, file, ...verifyWith, log })),
    log,
  });
  await recordBackup(url, made.id);
  return made;
}

/** Tests an archive by restoring it into a scratch database, which is dropped afterwards. Throws BackupError. */
export async function verifyArchive({
  url,
  log,
  ...archive
}: ArchiveInput & AuthorityOptions): Promise<RestoreSummary> {
  log('restoring into a scratch database');
  return withScratchDatabase(url, log, (scratch) => restoreBackup({ ...archive, url: scratch, log: () => undefined }));
}

/** Records a backup in every clinic's audit trail; for archives that are written to stdout call it yourself. */
export const recordBackup = (url: string, id: string): Promise<unknown> =>
  runOn(url, (tx) => recordOperatorEvent(tx, 'backup', { action: 'backup_made', recordType: 'backup', recordId: id }));

/** Everybody whom the database, or the files of this machine, have as anonymous. */
export const listAnonymous = async (url: string, ledger: Ledger): Promise<LedgerEntry[]> => [
  ...(await ledger.read()),
  ...(await runOn(url, readAnonymized)),
];

async function runOn<T>(url: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const pool = createPool({ url, max: 1, idleSeconds: 1 });
  try {
    return await new Database(pool).system(work);
  } finally {
    await pool.end();
  }
}
