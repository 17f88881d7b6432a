import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Makes processes that seed at the same time take turns, until the transaction ends. */
export const lockSeeding = (tx: Transaction): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('acolhe demo clinic'))`);
