import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/** Where an error came up, in words that hold no personal data: the pattern of a route, never an address. */
export interface Where {
  readonly requestId?: string;
  readonly method?: string;
  readonly route?: string;
  /** The kind of a job, or the name of a repeated duty. */
  readonly task?: string;
}

export interface ErrorReporter {
  /** Never throws and never waits. */
  report(error: unknown, where: Where): void;
  /** Waits a moment for what is under way. */
  close(): Promise<void>;
}

const nobody: ErrorReporter = { report: () => undefined, close: () => Promise.resolve() };

/** Reports errors to where `SENTRY_DSN` says; without one nothing is loaded and nothing is sent. */
export async function openErrorReporter(
  config: Pick<Config, 'sentryDsn' | 'release' | 'debug'>,
  log: Logger,
): Promise<ErrorReporter> {
  const { sentryDsn, release, debug } = config;
  if (sentryDsn === undefined) return nobody;
  const { createSentryReporter } = await import('./sentry.ts');
  return createSentryReporter({ dsn: sentryDsn, release, environment: debug ? 'development' : 'production', log });
}
