import { Command } from 'commander';
import { readPackageVersion } from '../server/config/release.ts';
import { projectRoot } from '../server/project-root.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { clinicsCommand } from './commands/clinics/clinics.ts';
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

/** Every command of `acolhe`. */
export const program = new Command('acolhe')
  .description("The operator's commands of Acolhe. They read the same environment as the server.")
  .version(readPackageVersion(projectRoot), '--version', 'the version of this release')
  .showHelpAfterError('Run it with --help for its options.')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .addCommand(serveCommand)
  .addCommand(checkCommand)
  .addCommand(migrateCommand)
  .addCommand(makemigrationsCommand)
  .addCommand(createSuperuserCommand)
  .addCommand(createClinicCommand('create-clinic'))
  .addCommand(clinicsCommand)
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
