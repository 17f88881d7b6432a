import { sql } from './sql.ts';
import type { Transaction } from './transaction.ts';

const setMode = (mode: 'force_generic_plan' | 'auto') => sql`select set_config('plan_cache_mode', ${mode}, true)`;
const [begin, end] = [setMode('force_generic_plan'), setMode('auto')];

/**
 * Has the statements that `send` sends planned once a connection instead of for each of the first five executions, for large ones
 * whose plan is the same whatever their values are. `send` sends them all before it awaits one.
 */
export async function planOnce<T>(tx: Transaction, send: () => Promise<T>): Promise<T> {
  const [, result] = await Promise.all([tx.run(begin), send(), tx.run(end)]);
  return result;
}
