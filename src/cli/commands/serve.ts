import { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { counted } from '../output.ts';

export const serveCommand = new Command('serve')
  .description('serve the API and the built web app, until SIGTERM or SIGINT')
  .addHelpText(
    'after',
    '\nMigrations are not applied: run `acolhe migrate` before. Only the embedded database, which is nobody else’s, is' +
      '\nmigrated at start.',
  )
  .action(async () => {
    const [{ runServer }, { migrationStatus }] = await Promise.all([
      import('../../server/run-server.ts'),
      import('../../server/db/migrate.ts'),
    ]);
    await runServer(process.env, async ({ database }) => {
      if (database.url === undefined) return { migrate: true, demo: false };
      const { pending } = await migrationStatus(database.url);
      if (pending.length > 0)
        throw new CommandFailure(
          `The database lacks ${counted(pending.length, 'migration')} of this release: run \`acolhe migrate\` first.`,
        );
      return { migrate: false, demo: false };
    });
  });
