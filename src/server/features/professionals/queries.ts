import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

/** The people of the clinic by name; the host's superusers are nobody's colleagues. */
export const listProfessionals = (tx: Transaction) =>
  tx.run(
    qb
      .selectFrom('professionals')
      .select(['id', 'email', 'first_name', 'last_name', 'role', 'deactivated_at'])
      .where('is_superuser', '=', false)
      .orderBy('first_name')
      .orderBy('id'),
  );
