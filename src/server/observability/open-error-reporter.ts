import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { ErrorReporter } from './error-reporter.ts';

const nobody: ErrorReporter = { report: () => undefined, close: () => Promise.resolve() };

/** Reports errors to `SENTRY_DSN`. Without it nothing is loaded and nothing is sent. */
export async function openErrorReporter(
  config: Pick<Config, 'sentryDsn' | 'release' | 'debug'>,
  log: Logger,
): Promise<ErrorReporter> {
  const { sentryDsn, release, debug } = config;
  if (sentryDsn === undefined) return nobody;
  const { createSentryReporter } = await import('./sentry.ts');
  return createSentryReporter({ dsn: sentryDsn, release, environment: debug ? 'development' : 'production', log });
}
