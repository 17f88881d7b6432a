import { fileRows } from './file-rows.ts';
import type { ImportPayloads } from './import-jobs.ts';
import { findImport } from './queries.ts';
import { type ImportDependencies, runImport } from './run-import.ts';
import { storedFile } from './stored-file.ts';
import { undoImport } from './undo-import.ts';

/** Imports an uploaded file. An import whose server was killed is not run again, but marked as interrupted. */
export async function runImportJob(deps: ImportDependencies, job: ImportPayloads['run_import']): Promise<void> {
  const row = await deps.db.system((tx) => findImport(tx, job.importId));
  if (row?.status !== 'queued') return;
  const file = storedFile(deps.db, row.file_id ?? row.id, Number(row.file_bytes));
  await runImport(deps, job.importId, fileRows(file, deps.signal), job.asked);
}

/** Undoes an import. */
export const undoImportJob = (deps: ImportDependencies, job: ImportPayloads['undo_import']): Promise<void> =>
  undoImport(deps, job);
