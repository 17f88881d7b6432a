import type { Config } from '../config.ts';
import { throughPooler } from './connection-url.ts';
import { startEmbedded } from '../embedded-database/start-embedded.ts';

export interface OpenDatabase {
  /** With the login that the product uses, straight to the server: for everything that a session has to outlive. */
  readonly url: string;
  /** For requests; leads through a pooler if DATABASE_DIRECT_URL is set. */
  readonly requestUrl: string;
  /** Stops the embedded server unless another process still uses it. Does nothing for a server given by DATABASE_URL. */
  stop(): Promise<void>;
}

/** Opens the configured database, or the embedded server in the data folder, which it starts if it is not running. */
export async function openDatabase(
  config: Pick<Config, 'database' | 'dataDir'>,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const { url, directUrl } = config.database;
  if (url === undefined) {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log });
    return { url: embedded.url, requestUrl: embedded.url, stop: () => embedded.stop() };
  }
  const stop = () => Promise.resolve();
  return directUrl === undefined
    ? { url, requestUrl: url, stop }
    : { url: directUrl, requestUrl: throughPooler(url), stop };
}
