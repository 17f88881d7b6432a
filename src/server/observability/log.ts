import pino, { type Logger } from 'pino';
import type { Config } from '../config.ts';
import { errorForLog } from './safe-error.ts';

/**
 * The log of a process on stdout. In development, unless LOG_LEVEL is set, it has only warnings and errors, so that the
 * greeting stays visible. `base` stands in every line.
 */
export function createLog(config: Config, env: NodeJS.ProcessEnv, base?: Readonly<Record<string, unknown>>): Logger {
  const quiet = config.debug && (env['LOG_LEVEL'] ?? '').trim() === '';
  return pino({
    level: quiet ? 'warn' : config.logLevel,
    base: base ?? null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog },
  });
}
