import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { interruptImports } from './after-restore-queries.ts';
import { importJob, undoJob } from './import-jobs.ts';
import { runImportJob, undoImportJob } from './run-jobs.ts';
import { purges } from './purge-queries.ts';
import { importRecords, importTables } from './records.ts';
import { registerImportRoutes } from './routes.ts';
import { endAbandonedImports } from './running/run-import.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    clients_imported: 'import';
    appointments_imported: 'import';
    import_undone: 'import';
    import_read: 'import';
    import_rejects_exported: 'import';
  }
}

/** Imports of clients from files and remote systems, and of appointments from files. */
export const imports: Feature = {
  name: 'imports',
  tables: ['import_files', 'import_mappings', 'import_rejects', 'imports'],
  routes: registerImportRoutes,
  jobs: ({ db, url, stopping, log, errors }) => {
    const onError = (err: unknown): void => {
      log.error({ event: 'import_failed', err }, 'an import failed for an unforeseen reason');
      errors.report(err, { task: 'import' });
    };
    const deps = { db, url, signal: stopping, onError };
    return [runJob(importJob, (job) => runImportJob(deps, job)), runJob(undoJob, (job) => undoImportJob(deps, job))];
  },
  periodicTasks: ({ db }) => [
    {
      everySeconds: 5,
      run: () => endAbandonedImports(db),
      failure: { event: 'imports_unwatched', message: 'interrupted imports are told later' },
    },
  ],
  purges,
  clientRecords: importRecords,
  clientTables: importTables,
  afterRestore: (tx) => interruptImports(tx),
  afterClinicImport: interruptImports,
  exposes: {
    clients_imported: ['registration', 'contact', 'clinical'],
    import_undone: ['registration', 'contact', 'clinical'],
    import_rejects_exported: ['registration', 'contact', 'clinical'],
    appointments_imported: ['agenda'],
  },
  announces: ['clients_imported', 'appointments_imported', 'import_undone'],
};
