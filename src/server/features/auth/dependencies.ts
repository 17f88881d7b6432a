import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/transaction.ts';
import type { Keyring } from './secrets.ts';

/** What signing in stands on. */
export interface AuthDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly keyring: Keyring;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}
