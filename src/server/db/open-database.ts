import type { Config } from '../config.ts';
import { startEmbedded } from '../embedded-database/start-embedded.ts';

export interface OpenDatabase {
  /** For the one login that the product uses. */
  readonly url: string;
  /** Stops the embedded server, unless another process still uses it; does nothing to one that is not ours. */
  stop(): Promise<void>;
}

/** The database of the configuration, or the embedded server below the data folder, started when it does not run. */
export async function openDatabase(
  config: Pick<Config, 'database' | 'dataDir'>,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  if (config.database.url !== undefined) return { url: config.database.url, stop: () => Promise.resolve() };
  return startEmbedded({ dataDir: config.dataDir, log });
}
