import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { composeGreeting } from './greeting.ts';
import { tidyAfterStart } from './processes/heap.ts';
import { openLink } from './processes/link.ts';
import { readPlace, shareConnections } from './processes/place.ts';
import { chooseTerminalLanguage } from './terminal-language.ts';
import { type RunningServer, startServer, type StartOptions } from './server.ts';

interface ServingProcess {
  readonly config: Config;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Logger;
}

/**
 * Runs the server until SIGTERM or SIGINT, then ends the process. In development it prints a greeting on stdout. As one of
 * several processes it takes its place from the primary, which logs for all of them that they listen.
 */
export async function runServer({ config, env, log }: ServingProcess, options: StartOptions): Promise<void> {
  const place = readPlace(env);
  if (place === undefined) {
    const server = await startServer(config, log, options);
    log.info({ event: 'listening', address: server.address }, `listening on ${server.address}`);
    stopOnSignals(server, log);
    tidyAfterStart();
    await greet(config, env, server);
    return;
  }
  const link = openLink();
  const share = {
    ...config,
    database: { ...config.database, poolMax: shareConnections(config.database.poolMax, place) },
  };
  const server = await startServer(share, log, { ...options, among: { place, link } });
  link.onStop(stopOnSignals(server, log));
  link.announceListening(server.address);
  tidyAfterStart();
  if (place.isFirst) await greet(config, env, server);
}

async function greet(config: Config, env: NodeJS.ProcessEnv, server: RunningServer): Promise<void> {
  if (!config.debug) return;
  const language = chooseTerminalLanguage(env);
  process.stdout.write(await composeGreeting(config, server.db, server.address, language));
}

/** Stops the server and ends the process on SIGTERM and SIGINT, and for an error that nobody caught. @returns what stops it */
function stopOnSignals(server: RunningServer, log: Logger): (signal: string) => void {
  process.once('uncaughtException', (error) => {
    // After an unexpected error the process's state cannot be trusted: report it and exit.
    log.fatal({ event: 'crashed', err: error }, 'the process ends for an error that nobody caught');
    server.errors.report(error, { task: 'process' });
    void server.errors.close().finally(() => process.exit(1));
  });
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'stopping', signal }, 'stopping');
    void server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ event: 'stop_failed', err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stop;
}
