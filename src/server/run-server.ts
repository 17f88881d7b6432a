import pino from 'pino';
import { type Config, loadConfig } from './config.ts';
import { composeGreeting } from './greeting.ts';
import { errorForLog } from './observability/safe-error.ts';
import { startServer, type StartOptions } from './server.ts';

/**
 * Runs the server until SIGTERM or SIGINT, then ends the process. In development it prints a greeting on stdout and, unless
 * LOG_LEVEL is set, logs only warnings and errors, so that the greeting stays visible.
 */
export async function runServer(
  env: NodeJS.ProcessEnv,
  chooseOptions: (config: Config) => StartOptions | Promise<StartOptions>,
): Promise<void> {
  const config = loadConfig(env);
  const quiet = config.debug && (env['LOG_LEVEL'] ?? '').trim() === '';
  const log = pino({
    level: quiet ? 'warn' : config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog },
  });
  const server = await startServer(config, log, await chooseOptions(config));
  process.once('uncaughtException', (error) => {
    // After an unexpected error the process's state cannot be trusted: report it and exit.
    log.fatal({ event: 'crashed', err: error }, 'the process ends for an error that nobody caught');
    server.errors.report(error, { task: 'process' });
    void server.errors.close().finally(() => process.exit(1));
  });
  log.info({ event: 'listening', address: server.address }, `listening on ${server.address}`);
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
  if (config.debug) process.stdout.write(await composeGreeting(config, server.db, server.address));
}
