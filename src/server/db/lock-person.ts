import { qb } from './query-builder.ts';
import type { Transaction } from './transaction.ts';

/**
 * Locks a person's row until the transaction ends, so that whatever counts or replaces what is theirs takes turns. Statements that
 * only refer to the person are not blocked.
 */
export const lockPerson = (tx: Transaction, id: string): Promise<unknown> =>
  tx.run(qb.selectFrom('professionals').select('id').where('id', '=', id).forNoKeyUpdate());
