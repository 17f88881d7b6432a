import type { Scope } from '../../../../shared/permissions.ts';
import { qb } from '../../../db/query-builder.ts';
import { inScope } from '../../../db/scope.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** Names and owners of clients, by their ids. */
export async function listOwners(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly owner: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    qb.selectFrom('clients').select(['id', 'full_name', 'professional_id']).where('id', 'in', ids),
  );
  return new Map(rows.map((row) => [row.id, { name: row.full_name, owner: row.professional_id }]));
}

/** Names of clients within a scope, by their ids. */
export async function listNames(
  tx: Transaction,
  ids: readonly string[],
  scope: Scope,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    qb.selectFrom('clients').select(['id', 'full_name']).where('id', 'in', ids).where(inScope(scope)),
  );
  return new Map(rows.map((row) => [row.id, row.full_name]));
}
