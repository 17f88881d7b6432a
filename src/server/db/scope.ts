import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Scope } from '../../shared/permissions.ts';

/** The condition that a row belongs to what a scope reaches; `column` holds the id of the professional whose row it is. */
export const inScope = (scope: Scope, column = 'professional_id'): RawBuilder<SqlBool> =>
  scope.whole ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = ${scope.professionalId}`;
