import pg from 'pg';
import { ConfigError } from './config.ts';
import { MigrationEdited } from './db/migrate.ts';
import { DatabaseUnavailable, isUnavailable } from './db/errors.ts';
import { toSourceTrace } from './source-positions.ts';

/** Why a process ended: one line when an operator can fix the reason, otherwise the stack trace. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof MigrationEdited) return error.message;
  if (error instanceof DatabaseUnavailable) return describeFailure(error.cause);
  if (!(error instanceof Error)) return String(error);
  const { code, port, syscall } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken: stop what uses it, or set PORT to another.`;
  // An AggregateError of several addresses has an empty message.
  if (isUnavailable(error))
    return `The database cannot be reached: ${error.message === '' ? String(code) : error.message}`;
  // SQLSTATE class 28: invalid authorization; 3D: invalid database name.
  if (error instanceof pg.DatabaseError && /^(28|3D)/.test(code ?? '')) return `The database refuses: ${error.message}`;
  if (syscall !== undefined && code !== undefined) return error.message;
  return toSourceTrace(error.stack ?? error.message);
}
