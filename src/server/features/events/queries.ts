import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

// What other people's pages show: a reading changes nothing, and a sign-in is nobody else's.
const announced = [
  'client_created',
  'client_updated',
  'client_archived',
  'client_restored',
  'clients_imported',
  'import_undone',
  'client_merged',
  'client_unmerged',
  'professional_invited',
  'professional_updated',
  'role_changed',
  'professional_deactivated',
  'professional_reactivated',
] as const;

/**
 * Changes of the given clinics in the last seconds, oldest first, with the owner of a client. Transactions commit out of
 * order, so the caller looks back further than its last look and leaves out what it has seen.
 */
export const listRecentChanges = (tx: Transaction, clinicIds: readonly string[], seconds: number) =>
  tx.run(
    qb
      .selectFrom('audit_events as e')
      .leftJoin('clients as c', (join) =>
        join.onRef('c.clinic_id', '=', 'e.clinic_id').onRef('c.id', '=', 'e.record_id'),
      )
      .select([
        'e.id',
        'e.clinic_id',
        'e.at',
        'e.actor_id',
        'e.record_type',
        'e.record_id',
        'c.professional_id as owner_id',
      ])
      .where('e.at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`)
      .where('e.clinic_id', 'in', clinicIds)
      .where('e.action', 'in', announced)
      .where('e.record_id', 'is not', null)
      .orderBy('e.at')
      .limit(1000),
  );

export type ChangeRow = Awaited<ReturnType<typeof listRecentChanges>>[number];
