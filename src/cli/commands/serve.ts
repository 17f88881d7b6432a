import { Command } from 'commander';
import { requireMigrated } from '../pending.ts';

export const serveCommand = new Command('serve')
  .description('serve the API and the built web app, until SIGTERM or SIGINT')
  .addHelpText(
    'after',
    '\nMigrations are not applied: run `acolhe migrate` before. Only the embedded database, which is nobody else’s, is' +
      '\nmigrated at start.',
  )
  .action(async () => {
    const { runServer } = await import('../../server/run-server.ts');
    await runServer(process.env, async ({ database }) => {
      if (database.url === undefined) return { migrate: true, demo: false };
      await requireMigrated(database.directUrl ?? database.url);
      return { migrate: false, demo: false };
    });
  });
