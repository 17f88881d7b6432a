import type { ClientVisits } from '../../../shared/contracts/agenda/visits.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { readingScope } from './policy.ts';
import { selectVisits } from './visit-queries.ts';

/**
 * When clients came last and come next, of the appointments that this person may read. Those without any are left out, and so are
 * ids that nobody has.
 */
export async function listVisits(db: Database, actor: Actor, clientIds: readonly string[]): Promise<ClientVisits[]> {
  const rows = await db.read(actor, (tx) => selectVisits(tx, actor.clinicId, readingScope(actor), clientIds));
  return rows.map(({ client_id, last_at, next_at }) => ({
    clientId: client_id,
    lastAt: last_at?.toISOString() ?? null,
    nextAt: next_at?.toISOString() ?? null,
  }));
}
