import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { copyJob } from './copy-job.ts';
import { makeCopy } from './make-copy.ts';
import { expireAllCopies, outlivedParts } from './queries.ts';
import { copyRecords, copyTables } from './records.ts';
import { registerCopyRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    copy_requested: 'client';
    copy_downloaded: 'client';
  }
}

/** People's copies of their data as an archive, behind a link that works once (LGPD art. 18, II and V, art. 19). */
export const copies: Feature = {
  name: 'copies',
  tables: ['client_copies', 'client_copy_parts'],
  routes: registerCopyRoutes,
  jobs: ({ db, contributions, stopping }) => [
    runJob(copyJob, (job) => makeCopy({ db, contributions, signal: stopping }, job)),
  ],
  purges: { clientCopyParts: outlivedParts },
  afterRestore: expireAllCopies,
  clientRecords: copyRecords,
  clientTables: copyTables,
  opens: ['copy_requested'],
};
