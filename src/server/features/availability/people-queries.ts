import { roles, may, type Scope } from '../../../shared/permissions.ts';
import { qb } from '../../db/query-builder.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { inScope } from '../../db/scope.ts';
import type { Transaction } from '../../db/transaction.ts';

const treating = roles.filter((role) => may(role, 'clients.treat'));

/** A statement that gives, as `id`, those of the people who see clients; without ids, all of them who are still there. */
export const treatingPeople = (clinicId: string, scope: Scope, ids: readonly string[] | undefined): Sql => sql`
  select id from professionals
  where clinic_id = ${clinicId} and not is_superuser and deactivated_at is null and role = any (${treating}::text[])
    and ${inScope(scope, 'id')} and ${ids === undefined ? sql`true` : sql`id = any (${ids}::uuid[])`}`;

/** Whether there is such a person who sees clients, active or not. */
export async function findTreating(tx: Transaction, clinicId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .selectFrom('professionals')
      .select('id')
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where('is_superuser', '=', false)
      .where('role', 'in', treating),
  );
  return rows.length > 0;
}
