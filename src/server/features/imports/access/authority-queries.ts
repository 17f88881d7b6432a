import { qb } from '../../../db/query-builder.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** Who asked for the work of a job, and from which session. */
export interface Requester {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly sessionId: string | null;
}

/**
 * The requester's role and how the session ended. Held until the transaction ends: whoever takes the role or the access
 * away waits for that moment.
 */
export async function findRequester(tx: Transaction, { clinicId, professionalId, sessionId }: Requester) {
  const rows = await tx.run(
    qb
      .selectFrom('professionals as p')
      .leftJoin('device_sessions as s', (join) =>
        join.onRef('s.clinic_id', '=', 'p.clinic_id').on('s.id', '=', sessionId),
      )
      .select(['p.role', 'p.deactivated_at', 's.end_reason'])
      .where('p.clinic_id', '=', clinicId)
      .where('p.id', '=', professionalId)
      .forShare('p'),
  );
  return rows[0];
}
