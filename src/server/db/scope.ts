import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Scope } from '../../shared/permissions.ts';

/** SQL condition that a row is within the scope. `column` holds the id of the professional who owns the row. */
export const inScope = (scope: Scope, column = 'professional_id'): RawBuilder<SqlBool> =>
  scope.whole ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = ${scope.professionalId}`;
