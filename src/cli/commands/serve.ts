import { Command, InvalidArgumentError } from 'commander';
import { requireMigrated } from '../pending.ts';

interface Options {
  readonly workers?: number;
}

function parseWorkers(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 99.');
  return Number(text);
}

export const serveCommand = new Command('serve')
  .description('serve the API and the built web app, until SIGTERM or SIGINT')
  .option(
    '--workers <number>',
    'processes that serve on the same port (default: one per core, four at most, fewer where memory or DB_POOL_MAX is short)',
    parseWorkers,
  )
  .addHelpText(
    'after',
    '\nMigrations are not applied: run `acolhe migrate` before. Only the embedded database, which is nobody else’s, is' +
      '\nmigrated at start.',
  )
  .action(async ({ workers }: Options) => {
    const { readPlace } = await import('../../server/processes/place.ts');
    if (readPlace(process.env) === undefined) {
      const [{ loadConfig }, { chooseProcesses }] = await Promise.all([
        import('../../server/config.ts'),
        import('../../server/processes/choose-number.ts'),
      ]);
      const config = loadConfig(process.env);
      const processes = chooseProcesses(config, workers);
      if (processes > 1) {
        const { serveInProcesses } = await import('../../server/processes/serve.ts');
        await serveInProcesses(config, process.env, processes);
        return;
      }
    }
    const { runServer } = await import('../../server/run-server.ts');
    await runServer(process.env, async ({ database }) => {
      if (database.url === undefined) return { migrate: true, demo: false };
      await requireMigrated(database.directUrl ?? database.url);
      return { migrate: false, demo: false };
    });
  });
