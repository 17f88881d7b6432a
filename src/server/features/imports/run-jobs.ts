import type { ImportPayloads } from './import-jobs.ts';
import { fileRows } from './reading-process/file-rows.ts';
import { findImport } from './stored/import-queries.ts';
import type { ImportDependencies } from './running/dependencies.ts';
import { runImport } from './running/run-import.ts';
import { storedFile } from './stored/stored-file.ts';
import { undoImport } from './undoing/undo-import.ts';

/** Runs the job: imports an uploaded file. If the server is killed, the import is marked as interrupted, not run again. */
export async function runImportJob(deps: ImportDependencies, job: ImportPayloads['run_import']): Promise<void> {
  const row = await deps.db.system((tx) => findImport(tx, job.importId));
  if (row?.status !== 'queued') return;
  const file = storedFile(deps.db, row.file_id ?? row.id, Number(row.file_bytes));
  await runImport(deps, job.importId, fileRows(file, deps.signal), job.asked);
}

/** Runs the job: undoes an import. */
export const undoImportJob = (deps: ImportDependencies, job: ImportPayloads['undo_import']): Promise<void> =>
  undoImport(deps, job);
