import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Marks unfinished imports, of one clinic or of all, as interrupted: archives contain no jobs, so nothing would continue them. */
export const interruptImports = (tx: Transaction, clinicId?: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('imports')
      .set({ status: 'interrupted', finished_at: sql<string>`now()` })
      .where('status', 'in', ['queued', 'running', 'undoing'])
      .$if(clinicId !== undefined, (query) => query.where('clinic_id', '=', clinicId ?? '')),
  );
