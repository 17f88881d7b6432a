import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';

/**
 * Replaces a tag of all clients of the clinic by another one, or takes it from them (null), in one statement with a version of
 * each. Whoever has both keeps one, at the place of the first.
 */
export const replaceTagOfClients = (
  tx: Transaction,
  { clinicId, professionalId, sessionId }: Actor,
  { from, to }: { readonly from: string; readonly to: string | null },
): Promise<unknown> =>
  tx.run(
    sql`
      with held as (
        select id, tags from clients where clinic_id = ${clinicId} and ${from} = any (tags) order by id for no key update
      ), changed as (
        update clients c set version = c.version + 1, updated_at = now(), tags = array(
          select tag from unnest(array_replace(held.tags, ${from}::text, ${to}::text)) with ordinality as u (tag, place)
          where tag is not null group by tag order by min(place)
        )
        from held where c.clinic_id = ${clinicId} and c.id = held.id
        returning c.id, c.version, held.tags as before, c.tags as after
      )
      insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
      select ${clinicId}::uuid, id, version, ${professionalId}::uuid, ${sessionId}::uuid, 'update',
        jsonb_build_array(jsonb_build_object('field', 'tags', 'from', before, 'to', after))
      from changed`,
  );
