import { Command } from 'commander';
import { explainClinicError, isClinicError } from './clinic-errors.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { createClinicCommand } from './commands/create-clinic.ts';
import { createSuperuserCommand } from './commands/create-superuser.ts';
import { exportClientsCsvCommand } from './commands/export-clients-csv.ts';
import { importClientsCsvCommand } from './commands/import-clients-csv.ts';
import { importRemoteCommand } from './commands/import-remote.ts';
import { makemigrationsCommand } from './commands/makemigrations.ts';
import { migrateCommand } from './commands/migrate.ts';
import { restoreCommand } from './commands/restore.ts';
import { rollbackPlanCommand } from './commands/rollback-plan.ts';
import { seedDemoCommand } from './commands/seed-demo.ts';
import { serveCommand } from './commands/serve.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { smokeCommand } from './commands/smoke.ts';
import { CommandFailure } from './failure.ts';

const program = new Command('acolhe')
  .description("The operator's commands of Acolhe. They read the same environment as the server.")
  .showHelpAfterError('Run it with --help for its options.')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .addCommand(serveCommand)
  .addCommand(checkCommand)
  .addCommand(migrateCommand)
  .addCommand(makemigrationsCommand)
  .addCommand(createSuperuserCommand)
  .addCommand(createClinicCommand)
  .addCommand(importClientsCsvCommand)
  .addCommand(importRemoteCommand)
  .addCommand(exportClientsCsvCommand)
  .addCommand(backupCommand)
  .addCommand(restoreCommand)
  .addCommand(rollbackPlanCommand)
  .addCommand(smokeCommand)
  .addCommand(auditCommand)
  .addCommand(sessionsCommand)
  .addCommand(seedDemoCommand);

/** Errors whose message is written for the operator. By name, so that their modules need not be loaded. */
const ownErrors = new Set(['BackupError', 'RemoteProblem', 'WrongNumberOfProcesses']);

// The reader closed the pipe, as `| head` does. That is no error, but not everything was written: exit as for SIGPIPE.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await explain(error)}\n`);
  process.exitCode = 1;
}

async function explain(error: unknown): Promise<string> {
  if (error instanceof CommandFailure || (error instanceof Error && ownErrors.has(error.name))) return error.message;
  if (isClinicError(error)) return explainClinicError(error);
  const { describeFailure } = await import('../server/describe-failure.ts');
  return describeFailure(error);
}
