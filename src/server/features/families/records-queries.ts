import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { MergedClients } from '../../feature.ts';

/** The other end of a link of this client. */
const other = (id: string) => sql`case when l.client_id = ${id} then l.relative_id else l.client_id end`;

/**
 * Gives the loser's links to the winner. Those that the winner has already, and one between the two, stay with the loser, whom
 * no card shows while the merge stands.
 */
export const giveLinks = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update client_links l set
        client_id = case when l.client_id = ${loserId} then ${winnerId} else l.client_id end,
        relative_id = case when l.relative_id = ${loserId} then ${winnerId} else l.relative_id end,
        merges = merges || ${mergeId}::uuid
      where l.clinic_id = ${clinicId} and ${loserId} in (l.client_id, l.relative_id)
        and ${winnerId} not in (l.client_id, l.relative_id)
        and not exists (
          select from client_links w where w.clinic_id = l.clinic_id and w.kind = l.kind
            and ${winnerId} in (w.client_id, w.relative_id) and ${other(loserId)} in (w.client_id, w.relative_id)
        )`,
  );

export const giveLinksBack = (tx: Transaction, clinicId: string, { mergeId, winnerId, loserId }: MergedClients) =>
  tx.run(
    sql`update client_links l set
        client_id = case when l.client_id = ${winnerId} then ${loserId} else l.client_id end,
        relative_id = case when l.relative_id = ${winnerId} then ${loserId} else l.relative_id end,
        merges = array_remove(merges, ${mergeId}::uuid)
      where l.clinic_id = ${clinicId} and ${winnerId} in (l.client_id, l.relative_id) and ${mergeId} = any (l.merges)`,
  );

export const deleteLinksOf = (tx: Transaction, clinicId: string, clientIds: readonly string[]) =>
  tx.run(
    sql`delete from client_links where clinic_id = ${clinicId}
      and (client_id = any (${clientIds}::uuid[]) or relative_id = any (${clientIds}::uuid[]))`,
  );
