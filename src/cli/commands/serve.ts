import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../server/config.ts';
import type { Place } from '../../server/processes/place.ts';
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
    const [{ readPlace }, { loadConfig }] = await Promise.all([
      import('../../server/processes/place.ts'),
      import('../../server/config.ts'),
    ]);
    const place = readPlace(process.env);
    const config = loadConfig(process.env);
    if (place === undefined) {
      const { chooseProcesses } = await import('../../server/processes/choose-number.ts');
      const processes = chooseProcesses(config, workers);
      if (processes > 1) {
        const { serveInProcesses } = await import('../../server/processes/serve.ts');
        await serveInProcesses(config, process.env, processes);
        return;
      }
    }
    // The database answers while the server's code is loaded.
    const [{ runServer }] = await Promise.all([import('../../server/run-server.ts'), requireSchema(config, place)]);
    await runServer(config, process.env, { migrate: config.database.url === undefined, demo: false });
  });

/** Throws CommandFailure when the database is not migrated, unless this process or another one does that. */
async function requireSchema({ database }: Config, place: Place | undefined): Promise<void> {
  const isPrepared = place !== undefined && (place.migrate || !place.isFirst);
  if (database.url !== undefined && !isPrepared) await requireMigrated(database.directUrl ?? database.url);
}
