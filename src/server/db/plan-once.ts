import { sql } from 'kysely';
import { qb } from './query-builder.ts';
import type { Transaction } from './transaction.ts';

const begin = sql`set local plan_cache_mode to force_generic_plan`.compile(qb);
const end = sql`set local plan_cache_mode to default`.compile(qb);

/**
 * Has the statements that `send` sends planned once a connection instead of for each of the first five executions, for large ones
 * whose plan is the same whatever their values are. `send` sends them all before it awaits one.
 */
export async function planOnce<T>(tx: Transaction, send: () => Promise<T>): Promise<T> {
  const [, result] = await Promise.all([tx.run(begin), send(), tx.run(end)]);
  return result;
}
