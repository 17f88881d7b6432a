import type { Config } from '../config.ts';
import { startEmbedded } from '../embedded-database/start-embedded.ts';

export interface OpenDatabase {
  /** With the login that the product uses. */
  readonly url: string;
  /** Stops the embedded server unless another process still uses it. Does nothing for a server given by DATABASE_URL. */
  stop(): Promise<void>;
}

/** Opens the configured database, or the embedded server in the data folder, which it starts if it is not running. */
export async function openDatabase(
  config: Pick<Config, 'database' | 'dataDir'>,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  if (config.database.url !== undefined) return { url: config.database.url, stop: () => Promise.resolve() };
  return startEmbedded({ dataDir: config.dataDir, log });
}
