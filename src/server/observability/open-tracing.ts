import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Tracing } from './tracing.ts';

const untraced: Tracing = {
  observeRequests: () => undefined,
  transaction: (_kind, work) => work(),
  job: (_task, work) => work(),
  close: () => Promise.resolve(),
};

/** Sends traces as the OTEL_… variables say. Without them nothing is loaded. */
export async function openTracing(
  { tracing, release }: Pick<Config, 'tracing' | 'release'>,
  log: Logger,
): Promise<Tracing> {
  if (tracing === undefined) return untraced;
  const { createTracing } = await import('./opentelemetry.ts');
  return createTracing(tracing, release, log);
}
