import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';

interface People {
  readonly from: string;
  readonly to: string;
}

/** A version of each client in `moved`, which says whose they became. */
const noteMoves = ({ clinicId, professionalId, sessionId }: Actor, from: unknown, to: unknown) => sql`
  insert into client_versions (clinic_id, client_id, version, professional_id, session_id, action, changes)
  select ${clinicId}::uuid, id, version, ${professionalId}::uuid, ${sessionId}::uuid, 'update',
    jsonb_build_array(jsonb_build_object('field', 'professionalId', 'from', ${from}::text, 'to', ${to}::text))
  from moved`;

/** Gives all clients of one person to another, in one statement, with a version of each and the list of who they were. */
export const transferClients = (tx: Transaction, actor: Actor, { from, to }: People): Promise<unknown> =>
  tx.run(
    sql`
      with moved as (
        update clients set professional_id = ${to}, version = version + 1, updated_at = now()
        where clinic_id = ${actor.clinicId} and professional_id = ${from}
        returning id, version
      ), noted as (${noteMoves(actor, from, to)})
      insert into client_hand_overs (clinic_id, from_id, to_id, client_ids, made_by)
      select ${actor.clinicId}::uuid, ${from}::uuid, ${to}::uuid, array_agg(id), ${actor.professionalId}::uuid
      from moved having count(*) > 0`,
  );

/** Hand-overs of a person's clients that were not taken back, the latest first. */
export const lockHandOvers = (tx: Transaction, from: string) =>
  tx.run(
    qb
      .selectFrom('client_hand_overs')
      .select(['id', 'to_id', sql<number>`cardinality(client_ids)`.as('given')])
      .where('from_id', '=', from)
      .where('taken_back_at', 'is', null)
      .orderBy('made_at', 'desc')
      .forUpdate(),
  );

/** Gives back the clients of a hand-over whom the receiver still has. @returns how many they are */
export async function returnClients(
  tx: Transaction,
  actor: Actor,
  { id, from, to }: People & { readonly id: string },
): Promise<number> {
  const rows = await tx.run(
    sql<{ returned: number }>`
      with given as (
        update client_hand_overs set taken_back_at = now(), taken_back_by = ${actor.professionalId}
        where clinic_id = ${actor.clinicId} and id = ${id} returning client_ids
      ), moved as (
        update clients set professional_id = ${from}, version = version + 1, updated_at = now()
        where clinic_id = ${actor.clinicId} and professional_id = ${to}
          and id in (select unnest(client_ids) from given)
        returning id, version
      ), noted as (${noteMoves(actor, to, from)})
      select count(*)::integer as returned from moved`,
  );
  return rows[0]?.returned ?? 0;
}

/** How many clients a person has. */
export async function countClientsOf(tx: Transaction, professionalId: string) {
  const rows = await tx.run(
    sql<{ active: number; archived: number }>`
      select count(*) filter (where archived_at is null)::integer as active,
        count(*) filter (where archived_at is not null)::integer as archived
      from clients where clinic_id = app.current_clinic() and professional_id = ${professionalId}`,
  );
  return rows[0] ?? { active: 0, archived: 0 };
}

/** What a person gave away and could get back, the latest first, with the number of clients the receiver still has. */
export const listReturnable = (tx: Transaction, from: string) =>
  tx.run(
    sql<{ to_id: string; made_at: Date; clients: number }>`
      select h.to_id, h.made_at, count(*)::integer as clients
      from client_hand_overs h join clients c on c.clinic_id = h.clinic_id and c.id = any (h.client_ids)
        and c.professional_id = h.to_id
      where h.clinic_id = app.current_clinic() and h.from_id = ${from} and h.taken_back_at is null
      group by h.id, h.to_id, h.made_at order by h.made_at desc`,
  );
