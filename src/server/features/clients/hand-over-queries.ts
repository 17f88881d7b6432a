import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

interface Transfer {
  readonly clinicId: string;
  readonly from: string;
  readonly to: string;
  readonly actorId: string;
  readonly sessionId: string;
}

/** Gives all clients of one person to another, in one statement, and writes a version of each. */
export const transferClients = (
  tx: Transaction,
  { clinicId, from, to, actorId, sessionId }: Transfer,
): Promise<unknown> =>
  tx.run(
    sql`
      with moved as (
        update clients set professional_id = ${to}, version = version + 1, updated_at = now()
        where clinic_id = ${clinicId} and professional_id = ${from}
        returning id, version
      )
      insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
      select ${clinicId}::uuid, id, version, ${actorId}::uuid, ${sessionId}::uuid, 'update',
        jsonb_build_array(jsonb_build_object('field', 'professionalId', 'from', ${from}::text, 'to', ${to}::text))
      from moved`.compile(qb),
  );
