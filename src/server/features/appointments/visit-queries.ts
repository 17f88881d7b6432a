import type { Scope } from '../../../shared/permissions.ts';
import { takesTime } from '../../db/appointment-conditions.ts';
import { sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

export interface VisitRow {
  readonly client_id: string;
  readonly last_at: Date | null;
  readonly next_at: Date | null;
}

/** For each client two short walks of appointments_client_idx, from now into the past and into the future. */
export const selectVisits = (
  tx: Transaction,
  clinicId: string,
  scope: Scope,
  clientIds: readonly string[],
): Promise<VisitRow[]> => {
  const theirs = sql`
    select a.start_at from appointments a
    where a.clinic_id = ${clinicId} and a.client_id = c.id and ${takesTime('a')}
      and ${inScope(scope, 'a.professional_id', 'a.client_id')}`;
  return tx.run(
    sql<VisitRow>`
      select c.id as client_id, past.start_at as last_at, coming.start_at as next_at
      from unnest(${clientIds}::uuid[]) as c (id)
      left join lateral (${theirs} and a.start_at <= now() order by a.start_at desc limit 1) as past on true
      left join lateral (${theirs} and a.start_at > now() order by a.start_at limit 1) as coming on true
      where past.start_at is not null or coming.start_at is not null`,
  );
};
