import { ConfigError } from './config.ts';
import { DatabaseUnavailable } from './db/errors.ts';

/** Why a start failed, in a line where the reason is one that an operator can mend, else with its trace. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DatabaseUnavailable)
    return `The database cannot be reached: ${error.cause instanceof Error ? error.cause.message : 'no answer'}`;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken: stop what uses it, or set PORT to another.`;
  return error.stack ?? error.message;
}
