import type { Logger } from 'pino';
import { mendAccess, migrate } from './db/migrate.ts';

/** Migrates, or only restores lost rights and roles. What stays wrong is logged, and `/readyz` reports it too. */
export async function prepareSchema(url: string, log: Logger, options: { readonly migrate: boolean }): Promise<void> {
  const tell = (line: string): void => {
    log.info({ event: 'migration' }, line);
  };
  if (options.migrate) {
    await migrate(url, tell);
    return;
  }
  for (const { name, seen, mend } of await mendAccess(url, tell))
    log.error({ event: 'schema_damaged', finding: name }, `${seen}: ${mend}`);
}
