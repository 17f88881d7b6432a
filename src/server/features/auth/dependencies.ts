import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Share } from '../../db/stranger-shares.ts';
import type { Database } from '../../db/transaction.ts';
import type { Keyring } from './secrets.ts';

/** What rate limits need. */
export interface LimitDependencies {
  readonly keyring: Keyring;
}

/** What sign-in and sessions need. */
export interface AuthDependencies extends LimitDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** What the public routes for signing in need. Their transactions run within the share. */
export interface EntranceDependencies extends AuthDependencies {
  readonly share: Share;
}
