import type { SqlBool } from 'kysely';
import { ownersIn, type Scope } from '../../shared/permissions.ts';
import { type Sql, sql } from './sql.ts';

/**
 * SQL condition that a row is within the scope. `column` holds the id of the professional who owns the row, `clientColumn` that of
 * the client whom it is about: beside a `professional_id` by default the `id` of the same table, which is meant for `clients`; null
 * when rows are about no client.
 * A scope that lends nothing gives one comparison, and so the plans of one owner.
 */
export function inScope(
  scope: Scope,
  column = 'professional_id',
  clientColumn: string | null = column.endsWith('professional_id') ? column.replace(/professional_id$/, 'id') : null,
): Sql<SqlBool> {
  const owners = ownersIn(scope);
  if (scope.whole || owners === undefined) return sql<SqlBool>`true`;
  const isOwned =
    owners.length === 1
      ? sql<SqlBool>`${sql.ref(column)} = ${scope.professionalId}`
      : sql<SqlBool>`${sql.ref(column)} = any (${owners}::uuid[])`;
  if (scope.clients === undefined || clientColumn === null) return isOwned;
  const isNamed = sql<SqlBool>`${sql.ref(clientColumn)} = any (${scope.clients}::uuid[])`;
  return scope.within === undefined
    ? sql<SqlBool>`(${isOwned} or ${isNamed})`
    : sql<SqlBool>`(${isOwned} or (${isNamed} and ${sql.ref(column)} = any (${scope.within}::uuid[])))`;
}
