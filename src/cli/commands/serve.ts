import { Command, InvalidArgumentError } from 'commander';
import type { Logger } from 'pino';
import type { Config } from '../../server/config.ts';
import type { Place } from '../../server/processes/place.ts';
import type { StartOptions } from '../../server/server.ts';
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
    const { createLog } = await import('../../server/observability/log.ts');
    const log = createLog(config, process.env, place && { process: place.number });
    // The database answers while the server's code is loaded.
    const options = chooseStart(config, place, log);
    const { runServer } = await import('../../server/run-server.ts');
    await runServer({ config, env: process.env, log }, options);
  });

/** What this process does to the database before it serves. Of several processes the first one does it for all. */
function chooseStart({ database: { url, directUrl } }: Config, place: Place | undefined, log: Logger): StartOptions {
  // The embedded database, which is nobody else's; where there are several processes, the primary has started it.
  if (url === undefined || place?.migrate === true) return { migrate: true, demo: false };
  const prepared = place?.isFirst === false ? Promise.resolve() : prepareDatabase(directUrl ?? url, log);
  // The server awaits it, and by then it may have failed.
  prepared.catch(() => undefined);
  return { migrate: false, demo: false, prepared };
}

/** Restores rights that the database has lost. Throws CommandFailure when it is not migrated. */
async function prepareDatabase(url: string, log: Logger): Promise<void> {
  await requireMigrated(url);
  const { prepareSchema } = await import('../../server/prepare-schema.ts');
  await prepareSchema(url, log, { migrate: false });
}
