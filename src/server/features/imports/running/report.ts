import type { Role } from '../../../../shared/contracts/auth.ts';
import type { Database, Transaction } from '../../../db/transaction.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import { ChangedMeanwhile } from '../../clients/bulk-api.ts';
import { importingRole } from '../access/authority.ts';
import type { Recognised } from '../recognising/recognise.ts';
import { deleteFile } from '../stored/file-queries.ts';
import { changeImport, type StoredImport } from '../stored/import-queries.ts';
import { saveMapping } from '../stored/mapping-queries.ts';
import { recordImportEvent } from './audit-trail.ts';
import type { ImportTransaction } from './import-transaction.ts';
import type { Written } from './write-decisions.ts';

/** The result of an import. */
export interface ImportResult extends Written {
  /** What the web page shows about the file. */
  readonly head: unknown;
  readonly toRemember: Recognised['toRemember'];
  /** Whether the file lists appointments. */
  readonly isOfAppointments: boolean;
}

interface Imported {
  readonly queued: StoredImport;
  readonly asked: JobCaller | undefined;
  /** The role with which the import began. */
  readonly role: Role | undefined;
}

/** Commits the clients and the result together. */
export async function commitWithResult(
  transaction: ImportTransaction,
  imported: Imported,
  result: ImportResult,
): Promise<void> {
  const { queued, asked } = imported;
  await writeResult(transaction, imported, result);
  await deleteFile(transaction, queued.file_id ?? queued.id);
  const action = result.isOfAppointments ? 'appointments_imported' : 'clients_imported';
  await recordImportEvent(transaction, queued, action, asked);
  await transaction.commit();
}

/** For a dry run: rolls back and writes the result in another transaction. */
export async function keepResultAlone(
  transaction: ImportTransaction,
  db: Database,
  imported: Imported,
  result: ImportResult,
): Promise<void> {
  await transaction.rollback();
  await db.system((tx) => writeResult(tx, imported, result));
}

async function writeResult(tx: Transaction, { queued, role }: Imported, result: ImportResult): Promise<void> {
  // Check again: the requester may have lost the right during a long import.
  if ((await importingRole(tx, queued)) !== role) throw new ChangedMeanwhile();
  const { counts, head, sample, toRemember } = result;
  await tx.run(
    changeImport(queued.id, {
      status: 'done',
      finished: true,
      total: counts.processed,
      progress: 1,
      counts,
      header: head,
      sample,
    }),
  );
  if (toRemember !== undefined) await saveMapping(tx, { clinicId: queued.clinic_id, ...toRemember });
}
