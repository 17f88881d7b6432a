import type { Writable } from 'node:stream';
import { createTransaction } from '../db/client-transaction.ts';
import { listClinicTables } from '../db/table-catalogue.ts';
import { contributions } from '../features.ts';
import type { EncryptTo } from './encryption.ts';
import { clinicArchiveFormat, type ClinicArchiveSummary, type ArchiveHead, type ClinicHead } from './manifest.ts';
import { describeDatabase, readSnapshot, writeArchive } from './make-backup.ts';
import { readClinicRows } from './clinic-rows.ts';

export interface ClinicExport {
  /** For the login that owns the tables. */
  readonly url: string;
  readonly release: ArchiveHead['release'];
  readonly clinic: { readonly id: string; readonly name: string };
  readonly output: Writable;
  readonly encryptTo: EncryptTo | undefined;
  /** Called with one line per table. */
  readonly log: (line: string) => void;
}

/**
 * Writes an archive with all rows of one clinic, as they were at one moment, and none of another. What opens doors (sessions,
 * codes, passkeys, secret addresses) stays behind. Throws BackupError and destroys `output` then.
 */
export const writeClinicArchive = (options: ClinicExport): Promise<ClinicArchiveSummary> =>
  readSnapshot(options.url, async (client) => {
    const all = await listClinicTables(createTransaction(client));
    const tables = all.filter(({ name }) => !contributions.staysBehind.includes(name));
    const { clinic } = options;
    const base = await describeDatabase(client, options.release, tables);
    const head: ClinicHead = { ...base, format: clinicArchiveFormat, clinic };
    const contents = await writeArchive(options, head, tables, (table) => readClinicRows(client, table, clinic.id));
    return { ...head, contents };
  });
