import { qb } from '../../../db/query-builder.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** Who requested a job, and from which session. */
export interface Requester {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly sessionId: string | null;
}

/**
 * Reads the requester's role and why the session ended. Locks the person until the transaction ends, so that changes of role or
 * access have to wait.
 */
export async function findRequester(tx: Transaction, { clinicId, professionalId, sessionId }: Requester) {
  const rows = await tx.run(
    qb
      .selectFrom('professionals as p')
      .leftJoin('device_sessions as s', (join) =>
        join.onRef('s.clinic_id', '=', 'p.clinic_id').on('s.id', '=', sessionId),
      )
      .select(['p.role', 'p.clinical_denied', 'p.deactivated_at', 's.end_reason'])
      .where('p.clinic_id', '=', clinicId)
      .where('p.id', '=', professionalId)
      .forShare('p'),
  );
  return rows[0];
}
