import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Jobs are not in archives: nobody works on these any more, and whoever asked for them may ask again. */
export const interruptImports = (tx: Transaction): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('imports')
      .set({ status: 'interrupted', finished_at: sql<string>`now()` })
      .where('status', 'in', ['queued', 'running', 'undoing']),
  );
