import type { Writable } from 'node:stream';
import { createTransaction } from '../db/client-transaction.ts';
import { migrate } from '../db/migrate.ts';
import { listClinicTables } from '../db/table-catalogue.ts';
import { contributions } from '../features.ts';
import type { ArchiveInput } from './archive-transaction.ts';
import type { DecryptWith, EncryptTo } from './encryption.ts';
import { importClinicArchive } from './import-clinic.ts';
import { clinicArchiveFormat, type ClinicArchiveSummary, type ArchiveHead, type ClinicHead } from './manifest.ts';
import { describeDatabase, readSnapshot, writeArchive } from './make-backup.ts';
import { readClinicRows } from './clinic-rows.ts';
import { withScratchDatabase } from './scratch-database.ts';
import { type Place, writeTested } from './write-tested.ts';

export interface ClinicExport {
  /** For the login that owns the tables. */
  readonly url: string;
  readonly release: ArchiveHead['release'];
  readonly clinic: { readonly id: string; readonly name: string };
  readonly place: Place;
  readonly encryptTo: EncryptTo | undefined;
  /** When given, the archive is tested by importing it into a scratch database, decrypted with `key`. */
  readonly verifyWith: { readonly key: DecryptWith | undefined } | undefined;
  /** Called with one line per table. */
  readonly log: (line: string) => void;
}

/** Writes the archive of one clinic, which appears only when it is complete and, if asked, tested. Throws BackupError. */
export const exportClinic = (options: ClinicExport): Promise<ClinicArchiveSummary & { readonly bytes: number }> => {
  const { url, place, verifyWith, log } = options;
  return writeTested({
    place,
    make: (output) => writeClinicArchive({ ...options, output }),
    test: verifyWith && ((file) => verifyClinicArchive({ url, file, ...verifyWith, log })),
    log,
  });
};

/**
 * Writes an archive with all rows of one clinic, as they were at one moment, and none of another. What opens doors (sessions,
 * codes, passkeys, secret addresses) stays behind. Throws BackupError and destroys `output` then.
 */
export const writeClinicArchive = (
  options: Omit<ClinicExport, 'place' | 'verifyWith'> & { readonly output: Writable },
): Promise<ClinicArchiveSummary> =>
  readSnapshot(options.url, async (client) => {
    const all = await listClinicTables(createTransaction(client));
    const tables = all.filter(({ name }) => !contributions.staysBehind.includes(name));
    const { clinic } = options;
    const base = await describeDatabase(client, options.release, tables);
    const head: ClinicHead = { ...base, format: clinicArchiveFormat, clinic };
    const contents = await writeArchive(options, head, tables, (table) => readClinicRows(client, table, clinic.id));
    return { ...head, contents };
  });

/** Tests an archive by importing it into a scratch database, which is dropped afterwards. Throws BackupError. */
async function verifyClinicArchive({ url, log, ...archive }: ArchiveInput): Promise<void> {
  log('importing into a scratch database');
  const quietly = () => undefined;
  await withScratchDatabase(url, log, async (scratch) => {
    await migrate(scratch);
    await importClinicArchive({ ...archive, url: scratch, log: quietly, finish: () => Promise.resolve() });
  });
}
