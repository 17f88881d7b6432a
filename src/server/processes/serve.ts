import type { Config } from '../config.ts';
import { openDatabase } from '../db/open-database.ts';
import { createLog } from '../observability/log.ts';
import { chooseHeapOptions } from './heap.ts';
import { Primary } from './primary.ts';

/** Serves in several processes until SIGTERM or SIGINT, then ends this one, which only watches over the others. */
export async function serveInProcesses(config: Config, env: NodeJS.ProcessEnv, processes: number): Promise<void> {
  const log = createLog(config, env);
  const isEmbedded = config.database.url === undefined;
  const database = await openDatabase(config, (line) => {
    log.info({ event: 'database' }, line);
  });
  const primary = new Primary({
    processes,
    log,
    env: isEmbedded ? { DATABASE_URL: database.url } : {},
    migrate: isEmbedded,
    execArgv: [...process.execArgv, ...chooseHeapOptions()],
  });
  const stop = (signal: string): void => {
    primary.stop(signal);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const exitCode = await primary.run();
  await database.stop();
  process.exit(exitCode);
}
