import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

export const listChains = (tx: Transaction) =>
  tx.run(qb.selectFrom('clinics').select(['id', 'name']).orderBy('created_at').orderBy('id'));

/** Links of a clinic's chain after a sequence number. `expected` is the hash of the event as it is now; null if it is gone. */
export const listLinks = (tx: Transaction, clinicId: string, after: number, limit: number) =>
  tx.run(
    qb
      .selectFrom('audit_seals')
      .select([
        'sequence',
        'event_id',
        'previous_hash',
        'hash',
        sql<Buffer | null>`sha256(previous_hash || app.audit_event_bytes(clinic_id, event_id))`.as('expected'),
      ])
      .where('clinic_id', '=', clinicId)
      .where('sequence', '>', String(after))
      .orderBy('sequence')
      .limit(limit),
  );

export type Link = Awaited<ReturnType<typeof listLinks>>[number];

export async function countUnsealed(tx: Transaction, clinicId: string): Promise<number> {
  const [row] = await tx.run(
    qb
      .selectFrom('audit_events as e')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('e.clinic_id', '=', clinicId)
      .where('e.at', '<', sql<Date>`now() - interval '15 minutes'`)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('audit_seals as s')
              .select('s.sequence')
              .whereRef('s.clinic_id', '=', 'e.clinic_id')
              .whereRef('s.event_id', '=', 'e.id'),
          ),
        ),
      ),
  );
  return Number(row?.count ?? 0);
}
