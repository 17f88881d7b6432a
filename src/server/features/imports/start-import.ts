import { createReadStream } from 'node:fs';
import type { OnConflict } from '../../../shared/import-choices.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { UploadedFile } from '../../http/upload.ts';
import type { JobCaller } from '../../jobs/queue.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { assertRoom, assertWithin } from './access/quota.ts';
import type { ImportOptions } from './sources/row-source.ts';
import { insertFilePart, partBytes } from './stored/file-queries.ts';
import { insertImport, queueImport, type StoredImport } from './stored/import-queries.ts';

/** The source of an import's rows. */
type Rows =
  /** An uploaded file: it is stored with the import, and a job reads it. */
  | { readonly kind: 'upload'; readonly file: UploadedFile }
  /** The stored file of an earlier import: a job reads it again. */
  | { readonly kind: 'kept'; readonly fileId: string; readonly name: string | null; readonly bytes: number }
  /** The caller has the rows and runs the import itself. */
  | {
      readonly kind: 'at_hand';
      readonly source: 'command' | 'remote';
      readonly name: string | null;
      readonly bytes: number | null;
    };

export interface ImportOrder {
  readonly id?: string;
  readonly clinicId: string;
  /** The professional who gets the clients. */
  readonly professionalId: string;
  readonly createdBy: string;
  readonly sessionId: string | null;
  readonly rows: Rows;
  readonly dryRun: boolean;
  readonly onConflict: OnConflict;
  readonly options: ImportOptions;
  /** The request it came from, for the audit trail. */
  readonly asked?: JobCaller;
}

/**
 * Starts an import of any kind: adds it to the clinic's list and, unless the rows are at hand, to the queue. Throws
 * too_many_imports.
 */
export async function startImport(tx: Transaction, order: ImportOrder): Promise<StoredImport> {
  const { rows, asked } = order;
  if (rows.kind === 'upload') await assertRoom(tx, { imports: 1, uploads: 1, bytes: rows.file.bytes });
  const options = { ...order.options, areaCode: await chooseAreaCode(tx, order) };
  const started = await insertImport(tx, { ...order, options, ...describeRows(rows) });
  if (rows.kind === 'upload') await keepFile(tx, started, rows.file.path);
  if (rows.kind === 'at_hand') return started;
  await queueImport(tx, 'run_import', { importId: started.id, ...(asked !== undefined && { asked }) });
  await assertWithin(tx, order.clinicId);
  return started;
}

/** The area code for the whole file: the given one (null for none), or else the clinic's. */
async function chooseAreaCode(tx: Transaction, { options, clinicId }: ImportOrder): Promise<string | null> {
  return options.areaCode === undefined ? (await findClinicSettings(tx, clinicId)).areaCode : options.areaCode;
}

function describeRows(rows: Rows) {
  switch (rows.kind) {
    case 'upload':
      return { source: 'web', fileName: rows.file.name, fileBytes: rows.file.bytes, fileId: null } as const;
    case 'kept':
      return { source: 'web', fileName: rows.name, fileBytes: rows.bytes, fileId: rows.fileId } as const;
    case 'at_hand':
      return { source: rows.source, fileName: rows.name, fileBytes: rows.bytes, fileId: null };
  }
}

async function keepFile(tx: Transaction, { id, clinic_id: clinicId }: StoredImport, path: string): Promise<void> {
  let part = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: partBytes }))
    await insertFilePart(tx, { clinicId, importId: id, part: part++, bytes: bytes as Buffer });
}
