import type { Logger } from 'pino';
import type pg from 'pg';
import type { Config } from './config.ts';
import { DatabaseUnavailable } from './db/errors.ts';
import type { Database } from './db/transaction.ts';
import { sendSignInCode } from './features/auth/codes.ts';
import type { Keyring } from './features/auth/secrets.ts';
import { runImportJob, undoImportJob } from './features/imports/jobs.ts';
import { sendInvitation } from './features/professionals/invitation.ts';
import { startWorker } from './jobs/worker.ts';
import type { Mailer } from './mail/mailer.ts';
import type { ErrorReporter } from './observability/error-reporter.ts';
import type { Tracing } from './observability/tracing.ts';

interface WorkerSurroundings {
  readonly config: Config;
  readonly db: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly mailer: Mailer;
  readonly url: string;
  readonly pool: pg.Pool;
  readonly errors: ErrorReporter;
  readonly tracing: Tracing;
}

/** Starts to take jobs; the function tells whether that goes on. */
export async function startWorkers(
  surroundings: WorkerSurroundings,
  parts: AsyncDisposableStack,
): Promise<() => boolean> {
  const { db, log, url, pool, errors, tracing } = surroundings;
  const stopping = new AbortController();
  const imports = {
    db,
    url,
    signal: stopping.signal,
    onError: (err: unknown) => {
      log.error({ event: 'import_failed', err }, 'an import failed for an unforeseen reason');
      errors.report(err, { task: 'import' });
    },
  };
  const workerOptions = {
    pool,
    url,
    log,
    around: tracing.job,
    onFailure: (error: unknown, task: string) => {
      if (!(error instanceof DatabaseUnavailable)) errors.report(error, { task });
    },
  };
  // Each with places of its own: whoever waits for a code does not wait for somebody's files.
  const mailWorker = await startWorker({
    ...workerOptions,
    places: 3,
    tasks: {
      send_sign_in_code: (job) => sendSignInCode(surroundings, job),
      send_invitation: (job) => sendInvitation(surroundings, job),
    },
  });
  parts.defer(() => mailWorker.stop());
  const importWorker = await startWorker({
    ...workerOptions,
    places: 2,
    tasks: {
      run_import: (job) => runImportJob(imports, job),
      undo_import: (job) => undoImportJob(imports, job),
    },
  });
  parts.defer(() => importWorker.stop());
  // A running import goes back to the queue: stopping cannot wait for it.
  parts.defer(() => {
    stopping.abort();
  });
  return () => mailWorker.isAlive() && importWorker.isAlive();
}
